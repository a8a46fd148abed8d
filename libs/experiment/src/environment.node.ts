import type { DataSpec } from '@engram/contracts';
import type { Dataset } from '@engram/datasets';
import { loadDataset, loadOwn } from '@engram/datasets/node';
import { useEngine } from '@engram/engine';
import type { EngineInfo, EngineName } from '@engram/engine';
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
  const load = (data: DataSpec): Promise<Dataset> => {
    if (data.source === 'own') return loadOwn(data.path);
    let told = 0;
    return loadDataset(
      { name: data.dataset, size: data.size },
      {
        offline,
        onProgress: ({ path, received, total }) => {
          const share = total === undefined ? 0 : Math.floor((10 * received) / total);
          if (share > told) say(`fetching ${path}: ${10 * share} %`);
          told = Math.max(share, told);
        },
      },
    );
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
