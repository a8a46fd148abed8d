import { flag, inRange, seed, stateOf } from '@engram/scene-kit/plain';
import type { Job } from '@engram/scene-kit/plain';

/** Units in each of the two hidden layers; the grids show the first layer. */
export const units = 100;

/** What the reader can set. */
export const schema = stateOf({
  gated: inRange({ min: 0, max: 95, step: 5, initial: 80 }),
  tasks: inRange({ min: 2, max: 40, step: 1, initial: 20 }),
  springs: flag(true),
  seed: seed(1),
});
export type State = ReturnType<typeof schema.parse>;

/** Share of closed units, as the specification has it. */
export const gatedFraction = ({ gated }: Pick<State, 'gated'>): number => gated / 100;

/** The same tasks without gates and with them; both with springs, or both without. */
export const jobsOf = (state: State): readonly Job[] => {
  const springs = ['strategies.ewc.lambda=100', 'strategies.ewc.fisher.examples=500'];
  const gates = `strategies.xdg.gatedFraction=${gatedFraction(state)}`;
  const job = (id: string, strategy: string, set: readonly string[]): Job => ({
    id,
    request: {
      preset: 'permuted-mnist',
      scenario: 'task',
      strategy,
      tasks: state.tasks,
      iterations: 200,
      hidden: [units, units],
      learningRate: 0.003,
      data: 'subset',
      set: ['stream.padTo=null', ...set],
    },
    seed: state.seed,
    evaluate: 200,
    probes: [{ name: 'gates' }],
  });
  return state.springs
    ? [job('open', 'ewc', springs), job('gated', 'ewc+xdg', [...springs, gates])]
    : [job('open', 'none', []), job('gated', 'xdg', [gates])];
};
