import type { SpecRequest } from '@engram/experiment';

/** The part of a request that both a page and a command line can ask for. */
export type JobRequest = Pick<
  SpecRequest,
  'preset' | 'scenario' | 'strategy' | 'tasks' | 'iterations' | 'batch' | 'hidden' | 'learningRate' | 'set'
> & {
  /** Data shipped with the site, or all of it, which only a command line or a service may have. Default: the preset's own. */
  readonly data?: 'subset' | 'digits' | 'full';
};

/** One training run of a scene: what `engram run` would be given. */
export interface Job {
  /** Unique among the jobs of one start; `run.runs` is read by it. */
  readonly id: string;
  readonly request: JobRequest;
  readonly seed: number;
  /** Test examples of each task used after every task; default: all. */
  readonly evaluate?: number;
  /** What to look at inside the learner after each task, by name (see worker/probes.ts). */
  readonly probes?: readonly ProbeRequest[];
  /** Whether the page is given the trained networks in the end. */
  readonly keepModel?: boolean;
}

/** A look into the learner: the probe's name and what it is asked, as plain values. */
export interface ProbeRequest {
  readonly name: string;
  readonly options?: unknown;
}

/** Settings that a command line gives as `--set`. */
const assignments = ({ request, evaluate }: Job): readonly string[] => [
  ...(request.set ?? []),
  ...(evaluate === undefined ? [] : [`evaluation.examples=${evaluate}`]),
];

/** What `buildSpec` is asked for a job, in the page's worker and on the command line alike. */
export const specRequestOf = (job: Job): SpecRequest => ({ ...job.request, set: assignments(job) });

/** The command that repeats a job: on the same engine it reaches the same `weightsHash`. */
export function commandOf(job: Job): string {
  const { preset, scenario, strategy, tasks, iterations, batch, hidden, learningRate, data } = job.request;
  const options: readonly (readonly [string, string | number | undefined])[] = [
    ['--scenario', scenario],
    ['--strategy', strategy],
    ['--tasks', tasks],
    ['--iterations', iterations],
    ['--batch', batch],
    ['--hidden', hidden?.join(',')],
    ['--lr', learningRate],
    ['--data', data],
    ...assignments(job).map((assignment) => ['--set', quoted(assignment)] as const),
    ['--seed', job.seed],
    ['--engine', 'wasm'],
  ];
  const given = options.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${value}`]));
  return ['npx engram run', preset, ...given].join(' ');
}

const quoted = (text: string): string => (/^[\w.,=+:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
