import { inRange, seed, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

/** The published protocol, the honest one, and the usual training. */
export const protocols = ['batch', 'row', 'plain'] as const;
export type Protocol = (typeof protocols)[number];

/** What the reader can set; `level` moves a point along the curve. */
export const schema = stateOf({
  level: inRange({ min: 0, max: 1, step: 0.05, initial: 0.2 }),
  iterations: inRange({ min: 10, max: 60, step: 10, initial: 30 }),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

/** One network three times, from the same weights; one digit is one task. */
export const jobsOf = ({ iterations, seed }: State): readonly Job[] =>
  protocols.map((protocol) => ({
    id: protocol,
    request: {
      preset: 'class-continual-mnist',
      scenario: 'class',
      strategy: protocol === 'plain' ? 'none' : 'naca',
      iterations,
      hidden: [200],
      data: 'subset',
      set: protocol === 'plain' ? [] : [`strategies.naca.mask=${protocol}`],
    },
    seed,
    evaluate: 200,
    probes: [{ name: 'changes' }],
  }));

/** Mean over all digits once all are learned; null before. */
export function endOf(matrix: readonly (readonly number[])[]): number | null {
  const last = matrix.at(-1) ?? [];
  if (last.length === 0 || matrix.length <= last.length) return null;
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}

/** Of how many digits nearly all or nearly no pictures are right: what happens when the answer is given for a batch as a whole. */
export const allOrNothing = (last: readonly number[]): number =>
  last.filter((share) => share < 0.02 || share > 0.98).length;
