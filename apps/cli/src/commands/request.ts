import type { EngineName } from '@engram/engine';
import { buildSpec, specHash, strategyLabel } from '@engram/experiment';
import type { BuiltSpec } from '@engram/experiment';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CliError, exitCodes } from '../exit.ts';
import { readJson } from '../run-folder.ts';

/** The options that say what to run, shared by `run` and `compare`. */
export interface ExperimentOptions {
  readonly scenario?: string;
  readonly tasks?: number;
  readonly iterations?: number;
  readonly batch?: number;
  readonly hidden?: readonly number[];
  readonly lr?: number;
  readonly data?: string;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly out?: string;
  readonly engine: EngineName | 'auto';
  readonly offline?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly showOrigin?: boolean;
  readonly allowOtherEngine?: boolean;
}

/** The specification for one strategy. `sources` says of each option where its value was given. */
export async function specFor(
  preset: string,
  strategy: string | undefined,
  options: ExperimentOptions,
  sources: Readonly<Record<string, string>>,
): Promise<BuiltSpec> {
  const config = options.config === undefined ? {} : await readJson(options.config);
  return buildSpec({
    preset,
    strategy,
    scenario: options.scenario,
    tasks: options.tasks,
    iterations: options.iterations,
    batch: options.batch,
    hidden: options.hidden,
    learningRate: options.lr,
    data: options.data,
    // a setting of a strategy that is not part of this run concerns another run of the comparison
    set: options.set?.filter((assignment) => concerns(assignment, strategy)),
    config,
    sources: { ...sources, learningRate: sources['lr'] ?? '--lr', config: options.config ?? 'config' },
  });
}

const concerns = (assignment: string, strategy: string | undefined): boolean => {
  const named = /^strategies\.([a-z][a-z0-9-]*)\./.exec(assignment)?.[1];
  return named === undefined || strategy === undefined || strategy.split('+').includes(named);
};

/** Throws unless every `--set strategies.<name>…` concerns one of the strategies that are run. */
export function requireUsedSettings(set: readonly string[] | undefined, strategies: readonly string[]): void {
  for (const assignment of set ?? []) {
    if (!strategies.some((strategy) => concerns(assignment, strategy))) {
      throw new CliError(
        exitCodes.usage,
        `--set ${assignment} names a strategy that is not run; this command runs ${strategies.join(', ')}.`,
      );
    }
  }
}

/** Where results go unless --out says so: runs/<preset>-<scenario>-<strategy>-<hash>, another place for another setting. */
export async function defaultFolder(preset: string, { spec }: BuiltSpec): Promise<string> {
  return join('runs', `${preset}-${spec.scenario}-${strategyLabel(spec)}-${(await specHash(spec)).slice(0, 6)}`);
}

export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6);

/** Where every value of a specification came from, as lines. */
export const originLines = ({ origins }: BuiltSpec): string =>
  origins.map(({ path, value, source }) => `${path} = ${JSON.stringify(value)}  (${source})`).join('\n');
