import { DataError } from './errors.ts';
import type { Dataset, Examples } from './examples.ts';
import { requireTaskCount, scenarioUnits } from './stream.ts';
import type { ScenarioOptions, TaskExamples, TaskStream } from './stream.ts';

export interface RotatedOptions extends ScenarioOptions {
  /** Task k of T is turned by k/T of this angle, anticlockwise. */
  readonly maxDegrees: number;
}

/** All classes in every task, each task turned further. Rows are turned when they are read. */
export function rotatedTasks(dataset: Dataset, options: RotatedOptions): TaskStream {
  const { tasks, scenario, maxDegrees } = options;
  const { classNames, train, test } = dataset;
  requireTaskCount(tasks);
  const { inputs, shape } = train;
  if (shape.length !== 3 || !(inputs instanceof Uint8Array)) {
    throw new DataError(
      'bad-stream',
      `Only images of bytes can be turned; ${dataset.name} has rows of shape ${shape.join(' × ')}.`,
    );
  }
  const classes = classNames.map((_, label) => label);
  const units = scenarioUnits(options, classes.length);
  const angles = Array.from({ length: tasks }, (_, task) => (task / tasks) * maxDegrees);
  const view = (examples: Examples, task: number): TaskExamples => {
    const taps = rotation(examples.shape, angles[task] ?? 0);
    return {
      count: examples.count,
      batch: (positions) => ({
        source: turned(examples, positions, taps),
        rowLength: examples.rowLength,
        rows: Int32Array.from(positions.keys()),
        scale: examples.scale,
        labels: positions.map((position) => units.unitOf(task, examples.labels[position] ?? -1)),
        task,
      }),
    };
  };
  return {
    scenario,
    inputSize: train.rowLength,
    inputShape: shape,
    ...units,
    tasks: angles.map((degrees, index) => ({
      index,
      name: `${Math.round(degrees * 10) / 10}°`,
      classes,
      train: view(train, index),
      test: view(test, index),
    })),
    description: { kind: 'rotated', degrees: angles },
  };
}

/** For each output pixel the four source pixels it mixes (−1: outside, 0) and their shares. */
interface Taps {
  readonly sources: Int32Array;
  readonly shares: Float32Array;
}

/** Bilinear rotation about the image's middle. */
function rotation(shape: readonly number[], degrees: number): Taps {
  const [height = 1, width = 1] = shape;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const sources = new Int32Array(height * width * 4).fill(-1);
  const shares = new Float32Array(height * width * 4);
  for (let y = 0, tap = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = x - (width - 1) / 2;
      const dy = y - (height - 1) / 2;
      const fromX = cos * dx - sin * dy + (width - 1) / 2;
      const fromY = sin * dx + cos * dy + (height - 1) / 2;
      for (const [stepY, stepX] of corners) {
        const sourceY = Math.floor(fromY) + stepY;
        const sourceX = Math.floor(fromX) + stepX;
        if (sourceY >= 0 && sourceY < height && sourceX >= 0 && sourceX < width)
          sources[tap] = sourceY * width + sourceX;
        shares[tap] = (1 - Math.abs(fromY - sourceY)) * (1 - Math.abs(fromX - sourceX));
        tap++;
      }
    }
  }
  return { sources, shares };
}

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

function turned({ inputs, rowLength, shape }: Examples, positions: Int32Array, { sources, shares }: Taps): Uint8Array {
  const [, , channels = 1] = shape;
  const out = new Uint8Array(positions.length * rowLength);
  let to = 0;
  for (const position of positions) {
    const row = position * rowLength;
    for (let tap = 0; tap < sources.length; tap += 4) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let i = tap; i < tap + 4; i++) {
          const source = sources[i] ?? -1;
          if (source >= 0) sum += (shares[i] ?? 0) * (inputs[row + source * channels + channel] ?? 0);
        }
        out[to++] = Math.round(sum);
      }
    }
  }
  return out;
}
