import type { Rng } from '@engram/random';
import { DataError } from './errors.ts';
import type { Dataset, Examples } from './examples.ts';
import { requireTaskCount, scenarioUnits } from './stream.ts';
import type { ScenarioOptions, TaskExamples, TaskStream } from './stream.ts';

export interface PermutedOptions extends ScenarioOptions {
  /** Pad images with zeros to this side before permuting, or null. The padding is permuted too. */
  readonly padTo: number | null;
  readonly firstTask: 'permuted' | 'original';
  readonly rng: Rng;
}

/** All classes in every task, each task with its own fixed order of the pixels. */
export function permutedTasks(dataset: Dataset, options: PermutedOptions): TaskStream {
  const { tasks, scenario, padTo, firstTask, rng } = options;
  const { classNames, train, test } = dataset;
  requireTaskCount(tasks);
  const { layout, shape } = padded(train, padTo);
  const classes = classNames.map((_, label) => label);
  const units = scenarioUnits(options, classes.length);

  const draw = (task: number): Int32Array => {
    if (task === 0 && firstTask === 'original') return layout;
    const order = rng.fork('permutation').fork(task).permutation(layout.length);
    return order.map((from) => layout[from] ?? -1);
  };
  // drawn when first used, so that a thousand tasks cost nothing until they are met
  const drawn = new Map<number, Int32Array>();
  const permutationOf = (task: number): Int32Array => {
    const known = drawn.get(task) ?? draw(task);
    drawn.set(task, known);
    return known;
  };
  const view = (examples: Examples, task: number): TaskExamples => ({
    count: examples.count,
    batch: (positions) => ({
      source: examples.inputs,
      rowLength: examples.rowLength,
      rows: positions,
      permutation: permutationOf(task),
      scale: examples.scale,
      labels: positions.map((position) => units.unitOf(task, examples.labels[position] ?? -1)),
      task,
    }),
  });
  return {
    scenario,
    inputSize: layout.length,
    inputShape: shape,
    ...units,
    tasks: Array.from({ length: tasks }, (_, index) => ({
      index,
      name: `permutation ${index + 1}`,
      classes,
      train: view(train, index),
      test: view(test, index),
    })),
    description: {
      kind: 'permuted',
      inputSize: layout.length,
      permutations: Array.from({ length: tasks }, (_, task) => fingerprint(draw(task))),
    },
  };
}

/** For every pixel of the padded image the source pixel it shows, or −1. */
function padded(
  { shape }: Examples,
  padTo: number | null,
): { readonly layout: Int32Array; readonly shape: readonly number[] } {
  const [height = 1, width = 1, channels = 1] = shape;
  if (padTo === null) return { layout: Int32Array.from({ length: height * width * channels }, (_, i) => i), shape };
  const top = Math.floor((padTo - height) / 2);
  const left = Math.floor((padTo - width) / 2);
  if (top < 0 || left < 0) {
    throw new DataError(
      'bad-stream',
      `Images of ${height} × ${width} cannot be padded to ${padTo} × ${padTo}. Choose at least ${Math.max(height, width)}, or null for no padding.`,
    );
  }
  const layout = new Int32Array(padTo * padTo * channels).fill(-1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * channels; x++) {
      layout[((y + top) * padTo + left) * channels + x] = y * width * channels + x;
    }
  }
  return { layout, shape: [padTo, padTo, channels] };
}

/** 32-bit FNV-1a of a permutation, in hexadecimal: tells two runs' permutations apart without storing them. */
function fingerprint(permutation: Int32Array): string {
  let hash = 0x811c9dc5;
  for (const value of permutation) hash = Math.imul(hash ^ (value + 1), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
