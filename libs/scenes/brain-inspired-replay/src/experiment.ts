import { inRange, oneOf, seed, someOf, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

/** The changes to generative replay that have a meaning without convolutional layers. */
export const parts = ['feedback', 'conditional', 'gating', 'distillation'] as const;
export type Part = (typeof parts)[number];

/** What is compared: the reader's choice with both ends, each part alone, or the whole without each part. */
export const views = ['mine', 'add', 'leave'] as const;
export type View = (typeof views)[number];

export const schema = stateOf({
  parts: someOf(parts, parts),
  view: oneOf(views, 'mine'),
  tasks: inRange({ min: 3, max: 10, step: 1, initial: 5 }),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

/** The sets of parts that a view compares, each once. */
export function variantsOf(view: View, chosen: readonly Part[]): readonly (readonly Part[])[] {
  const one = {
    mine: [chosen],
    add: parts.map((part) => [part]),
    leave: parts.map((part) => parts.filter((other) => other !== part)),
  }[view];
  const ends = { mine: [[], parts], add: [[]], leave: [parts] }[view];
  return [...new Map([...ends, ...one].map((variant) => [idOf(variant), variant])).values()];
}

/** `plain` for no parts, else their names. */
export const idOf = (variant: readonly Part[]): string => (variant.length === 0 ? 'plain' : variant.join('+'));

const job = (variant: readonly Part[], { tasks, seed }: Pick<State, 'tasks' | 'seed'>): Job => {
  const has = (part: Part): boolean => variant.includes(part);
  return {
    id: idOf(variant),
    request: {
      preset: 'permuted-mnist',
      scenario: 'domain',
      strategy: 'bir',
      tasks,
      iterations: 100,
      batch: 64,
      hidden: [100],
      learningRate: 0.003,
      data: 'subset',
      set: [
        'stream.padTo=null',
        'strategies.bir.latent=20',
        `strategies.bir.feedback=${has('feedback')}`,
        `strategies.bir.conditional=${has('conditional')}`,
        `strategies.bir.gatedFraction=${has('gating') ? 0.8 : 0}`,
        `strategies.bir.distill=${has('distillation')}`,
      ],
    },
    seed,
    evaluate: 200,
  };
};

export const jobsOf = (state: State): readonly Job[] =>
  variantsOf(state.view, state.parts).map((variant) => job(variant, state));

const stillVariants = [...variantsOf('add', []), ...variantsOf('leave', [])];

/** What the still figure is recorded from: both comparisons. */
export const stillJobs = (): readonly Job[] => stillVariants.map((variant) => job(variant, schema.parse({})));

/** A set of parts with what it kept. */
export interface Kept {
  readonly variant: readonly Part[];
  /** Mean accuracy on all tasks at the end. */
  readonly mean: number;
}

/** What the recorded runs kept, in the order of their jobs. */
export const stillKept = (records: readonly { readonly matrix: readonly (readonly number[])[] }[]): readonly Kept[] =>
  stillVariants.map((variant, i) => ({ variant, mean: endOf(records[i]?.matrix ?? []) ?? 0 }));

/** Mean accuracy over all tasks once all are learned; null before. */
export function endOf(matrix: readonly (readonly number[])[]): number | null {
  const last = matrix.at(-1) ?? [];
  if (last.length === 0 || matrix.length <= last.length) return null;
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}
