import type { DataSpec } from '@engram/contracts';
import type { Dataset } from '@engram/datasets';
import { loadDataset, loadOwn } from '@engram/datasets/node';
import { useEngine } from '@engram/engine';
import type { EngineInfo, EngineName } from '@engram/engine';
import { featureDataset } from '@engram/features/node';
import { execFile } from 'node:child_process';
import { resourceUsage } from 'node:process';
import { promisify } from 'node:util';
import type { Environment } from './run.ts';

export interface EnvironmentOptions {
  readonly engine: EngineName | 'auto';
  /** Of the software that runs, for the record. */
  readonly version: string;
  readonly offline: boolean;
  /** One line about something that takes time. */
  readonly say: (line: string) => void;
}

/** What runs need from this machine. */
export async function nodeEnvironment({ engine, version, offline, say }: EnvironmentOptions): Promise<Environment> {
  const info: EngineInfo = await useEngine(engine);
  const loaded = new Map<string, Promise<Dataset>>();
  /** Says every tenth of something long. */
  const tenths = (what: string): ((share: number) => void) => {
    let told = 0;
    return (share) => {
      const tenth = Math.floor(10 * share);
      if (tenth > told) say(`${what}: ${10 * tenth} %`);
      told = Math.max(tenth, told);
    };
  };
  const load = async (data: DataSpec): Promise<Dataset> => {
    if (data.source === 'own') return loadOwn(data.path);
    const fetching = new Map<string, (share: number) => void>();
    const dataset = await loadDataset(
      { name: data.dataset, size: data.size },
      {
        offline,
        onProgress: ({ path, received, total }) => {
          const tell = fetching.get(path) ?? tenths(`fetching ${path}`);
          fetching.set(path, tell);
          tell(total === undefined ? 0 : received / total);
        },
      },
    );
    if (data.features === undefined) return dataset;
    return featureDataset(dataset, data.features, {
      engine: `${info.name} ${info.variant} ${info.version}`,
      onProgress: tenths(`features of ${data.dataset}`),
    });
  };
  return {
    engine: info,
    loadDataset: (data) => {
      const key = JSON.stringify(data);
      const known = loaded.get(key) ?? load(data);
      loaded.set(key, known);
      return known;
    },
    software: { version, commit: await commit() },
    peakMemoryBytes: () => resourceUsage().maxRSS * 1024,
  };
}

/** The commit of the sources that run, or null where they are not in a repository. A changed tree says so. */
async function commit(): Promise<string | null> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', args, { cwd: import.meta.dirname })).stdout.trim();
  try {
    const head = await git('rev-parse', 'HEAD');
    return (await git('status', '--porcelain', '--untracked-files=no')) === '' ? head : `${head}+changes`;
  } catch {
    return null;
  }
}
