export type Part = 'ewc' | 'si' | 'xdg' | 'er';

/** Everything that decides what a brain costs. */
export interface Brain {
  readonly parts: readonly Part[];
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly classes: number;
  readonly tasks: number;
  /** Steps for each task. */
  readonly iterations: number;
  readonly batch: number;
  /** Examples of each class that replay keeps of a task. */
  readonly storedPerClass: number;
  /** Examples that EWC's importance is measured on. */
  readonly fisherExamples: number;
}

const products = ({ inputs, hidden, classes }: Brain): readonly number[] => {
  const widths = [inputs, ...hidden, classes];
  return widths.slice(1).map((width, l) => width * (widths[l] ?? 0));
};
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Multiply-adds of one row passing forward: P, the number of weights without biases. */
export const forward = (brain: Brain): number => sum(products(brain));

/** Weights and biases. */
export const weightCount = (brain: Brain): number => forward(brain) + sum(brain.hidden) + brain.classes;

/**
 * Multiply-adds of all matrix products of a training, exactly. For P weights, of which P₁ in the first layer:
 *
 *     a row of a step        P forward + P for the weights' gradient + (P − P₁) for the layers' below
 *     rows of a step         batch, and from the second task on min(batch, stored) replayed ones
 *     EWC, after each task   N examples · (P + classes · (2P − P₁))
 *
 * Element-wise work (Adam, gates, springs) is not counted; it is under one part in a hundred for these networks.
 */
export function multiplyAdds(brain: Brain): number {
  const { parts, tasks, iterations, batch, classes, storedPerClass, fisherExamples } = brain;
  const [p, first] = [forward(brain), products(brain)[0] ?? 0];
  const rows = sum(
    Array.from({ length: tasks }, (_, task) => {
      const stored = parts.includes('er') ? storedPerClass * classes * task : 0;
      return iterations * (batch + Math.min(batch, stored));
    }),
  );
  const fisher = parts.includes('ewc') ? (tasks - 1) * fisherExamples * (p + classes * (2 * p - first)) : 0;
  return rows * (3 * p - first) + fisher;
}

/**
 * Bytes that must be kept from one task to the next, exactly: the weights and Adam's two moments (4 bytes each), for EWC an
 * anchor and an importance, for SI a path as well, for gates one bit for each hidden unit and task, for replay the stored pictures
 * and one byte for each label.
 */
export function bytesKept(brain: Brain): number {
  const { parts, tasks, inputs, hidden, classes, storedPerClass } = brain;
  const copies = 3 + (parts.includes('ewc') ? 2 : 0) + (parts.includes('si') ? 3 : 0);
  const gates = parts.includes('xdg') ? Math.ceil((tasks * sum(hidden)) / 8) : 0;
  const pictures = parts.includes('er') ? storedPerClass * classes * (tasks - 1) * (inputs + 1) : 0;
  return 4 * copies * weightCount(brain) + gates + pictures;
}

/** Energy of a 32-bit multiplication and an addition in 45 nm silicon, 3.7 + 0.9 pJ (Horowitz 2014, doi:10.1109/ISSCC.2014.6757323). */
const joulesPerMultiplyAdd = 4.6e-12;

/** Joules for the arithmetic alone; moving the numbers about costs more. */
export const joules = (multiplyAdds: number): number => multiplyAdds * joulesPerMultiplyAdd;
