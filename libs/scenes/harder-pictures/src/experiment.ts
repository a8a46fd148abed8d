import { inRange, oneOf, seed, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

/** Handwritten digits, which a page can train on, and clothes, which are recorded. */
export const pictures = ['digits', 'clothes'] as const;
export type Pictures = (typeof pictures)[number];

/** Nothing, generative replay alone, and replay with one of the methods that hold weights. */
export const cures = ['none', 'replay', 'replay-ewc', 'replay-si'] as const;
export type Cure = (typeof cures)[number];

export const schema = stateOf({
  cure: oneOf(cures, 'replay-ewc'),
  iterations: inRange({ min: 50, max: 300, step: 50, initial: 100 }),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

const replay = ['strategies.dgr.latent=20'];
const methods: Readonly<Record<Cure, { readonly strategy: string; readonly set: readonly string[] }>> = {
  none: { strategy: 'none', set: [] },
  replay: { strategy: 'dgr', set: replay },
  'replay-ewc': {
    strategy: 'dgr+ewc',
    set: [...replay, 'strategies.ewc.lambda=100', 'strategies.ewc.fisher.examples=500'],
  },
  'replay-si': { strategy: 'dgr+si', set: [...replay, 'strategies.si.c=0.1'] },
};

export const jobId = (kind: Pictures, cure: Cure): string => `${kind} ${cure}`;

const job = (kind: Pictures, cure: Cure, { iterations, seed }: Pick<State, 'iterations' | 'seed'>): Job => ({
  id: jobId(kind, cure),
  request: {
    ...(kind === 'digits' ? { preset: 'split-mnist', data: 'subset' } : { preset: 'split-fashion-mnist' }),
    scenario: 'class',
    strategy: methods[cure].strategy,
    iterations,
    batch: 64,
    hidden: [100],
    learningRate: 0.003,
    set: methods[cure].set,
  },
  seed,
  evaluate: 500,
});

/** The digits, without a cure, with replay, and with what the reader chose. */
export const jobsOf = (state: State): readonly Job[] =>
  cures
    .filter((cure) => cure === 'none' || cure === 'replay' || cure === state.cure)
    .map((cure) => job('digits', cure, state));

/** What the still figure is recorded from: both kinds of pictures with every cure. */
export const stillJobs = (): readonly Job[] =>
  pictures.flatMap((kind) => cures.map((cure) => job(kind, cure, schema.parse({}))));

/** Mean accuracy over all tasks at the end. */
export interface Kept {
  readonly kind: Pictures;
  readonly cure: Cure;
  readonly mean: number;
}

/** What the recorded runs kept, in the order of their jobs. */
export const stillKept = (records: readonly { readonly matrix: readonly (readonly number[])[] }[]): readonly Kept[] =>
  pictures.flatMap((kind, k) =>
    cures.map((cure, i) => ({ kind, cure, mean: endOf(records[k * cures.length + i]?.matrix ?? []) ?? 0 })),
  );

/** Mean accuracy over all tasks once all are learned; null before. */
export function endOf(matrix: readonly (readonly number[])[]): number | null {
  const last = matrix.at(-1) ?? [];
  if (last.length === 0 || matrix.length <= last.length) return null;
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}
