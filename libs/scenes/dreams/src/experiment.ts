import { flag, inRange, oneOf, seed, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';
import type { Night } from './dreaming.ts';

/** How the dreamer is asked for a digit: a place of its own in the code for each, or no such places. */
export const dreamers = ['places', 'none'] as const;
export const rooms = ['2', '10', '50'] as const;

/** What the reader can set. `room` is the length of the code that a dream is drawn from. */
export const schema = stateOf({
  digit: inRange({ min: 0, max: 9, step: 1, initial: 3 }),
  room: oneOf(rooms, '50'),
  dreamer: oneOf(dreamers, 'places'),
  replay: flag(true),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

/** Dreams of each digit that are judged. */
export const dreamsPerDigit = 50;
/** Dreams of each digit that are shown. */
export const shownPerDigit = 6;

const job = (id: string, strategy: string, { seed }: State, set: readonly string[], role?: string): Job => ({
  id,
  request: {
    preset: 'split-mnist',
    scenario: 'class',
    strategy,
    iterations: 200,
    batch: 64,
    hidden: [100],
    learningRate: 0.005,
    data: 'subset',
    set: ['stream.classOrder=natural', ...set],
  },
  seed,
  evaluate: 200,
  ...(role === undefined ? {} : { probes: [{ name: 'dreams', options: { role } }] }),
});

/**
 * A judge that learns all real digits mixed and never sees a dream; the network that dreams; and the same network without
 * replay. With replay off, only the last.
 */
export const jobsOf = (state: State): readonly Job[] => {
  const dreaming = [
    `strategies.bir.latent=${state.room}`,
    `strategies.bir.conditional=${state.dreamer === 'places'}`,
    'strategies.bir.distill=false',
    'strategies.bir.feedback=false',
    'strategies.bir.gatedFraction=0',
  ];
  const plain = job('plain', 'none', state, []);
  return state.replay
    ? [job('judge', 'joint', state, [], 'judge'), job('dreams', 'bir', state, dreaming, 'dreamer'), plain]
    : [plain];
};

/** Mean accuracy on all tasks but the last, once all are learned; null before. */
export function pastOf(matrix: readonly (readonly number[])[]): number | null {
  const last = matrix.at(-1) ?? [];
  if (matrix.length < 2 || matrix.length <= last.length) return null;
  const old = last.slice(0, -1);
  return old.reduce((sum, value) => sum + value, 0) / old.length;
}

/**
 * What the still figure keeps of the last look at the dreaming network: pictures as text, in 16 shades of grey.
 *
 * @public called by tools/record-scene.ts
 */
export function stillSeen(lastOf: ReadonlyMap<string, unknown>): unknown {
  // the value is what the probe of this package returned
  const { dreams, stored } = lastOf.get('dreams') as Night;
  const coarse = (pictures: Uint8Array): string =>
    String.fromCharCode(...pictures.map((value) => Math.round(value / 17) * 17));
  return { stored, dreams: dreams.map(({ pictures, ...row }) => ({ ...row, pictures: btoa(coarse(pictures)) })) };
}
