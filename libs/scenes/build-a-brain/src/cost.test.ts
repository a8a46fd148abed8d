import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { buildSpec, runExperiment } from '@engram/experiment';
import { expect, it } from 'vitest';
import { bytesKept, forward, multiplyAdds, weightCount } from './cost.ts';
import type { Brain, Part } from './cost.ts';

const brain = (parts: readonly Part[]): Brain => ({
  parts,
  inputs: 64,
  hidden: [7, 5],
  classes: 10,
  tasks: 3,
  iterations: 4,
  batch: 8,
  storedPerClass: 1,
  fisherExamples: 20,
});

interface Kernel {
  readonly name: string;
  readonly inputShapes: readonly (readonly number[] | null)[];
  readonly outputShapes: readonly (readonly number[])[];
}

/** Multiply-adds of a matrix product, from the shapes that it was given. */
function counted({ name, inputShapes: [a, b], outputShapes: [out] }: Kernel): number {
  const size = (shape: readonly number[] | null | undefined): number => (shape ?? []).reduce((n, side) => n * side, 1);
  if (name === 'EngramDense' || name === 'EngramGatedDense') return (a?.[0] ?? 0) * size(b);
  if (name === 'EngramSquaredGradients') return size(a) * (b?.[1] ?? 0);
  // [m, k] · [k, n], one of them perhaps transposed
  if (name === 'BatchMatMul') return (size(a) / (out?.at(-2) ?? 1)) * size(out);
  return 0;
}

it.each([[[]], [['ewc']], [['si']], [['xdg']], [['er']], [['er', 'ewc', 'xdg']]] as [Part[]][])(
  'counts the multiply-adds of a real run with %j to the last one',
  async (parts) => {
    const engine = await useEngine('wasm');
    const tests = 6;
    const { tasks, iterations, batch, hidden } = brain(parts);
    const { spec } = buildSpec({
      preset: 'permuted-mnist',
      scenario: 'task',
      strategy: parts.join('+') || 'none',
      data: 'digits',
      tasks,
      iterations,
      batch,
      hidden,
      set: [
        'stream.padTo=null',
        `evaluation.examples=${tests}`,
        ...(parts.includes('ewc') ? ['strategies.ewc.fisher.examples=20'] : []),
        ...(parts.includes('er') ? ['strategies.er.capacity=1'] : []),
      ],
    });
    const environment = {
      engine,
      loadDataset: () => loadEmbedded('digits'),
      software: { version: 'test', commit: null },
    };
    const profile = await tf.profile(async () => {
      for await (const event of runExperiment(spec, { seed: 1, environment })) if (event.type === 'finished') break;
      return [];
    });
    const all = profile.kernels.reduce((sum, kernel) => sum + counted(kernel as unknown as Kernel), 0);
    const tested = (tasks + 1) * tasks * tests * forward(brain(parts));
    expect(all - tested).toBe(multiplyAdds(brain(parts)));
  },
);

it('counts bytes', () => {
  // 64·7 + 7·5 + 5·10 weights and 22 biases
  expect(weightCount(brain([]))).toBe(555);
  expect(bytesKept(brain([]))).toBe(4 * 3 * 555);
  expect(bytesKept(brain(['ewc']))).toBe(4 * 5 * 555);
  expect(bytesKept(brain(['si']))).toBe(4 * 6 * 555);
  // 3 tasks · 12 units = 36 bits
  expect(bytesKept(brain(['xdg']))).toBe(4 * 3 * 555 + 5);
  // two past tasks, one picture of each of ten classes, 64 bytes and a label
  expect(bytesKept(brain(['er']))).toBe(4 * 3 * 555 + 2 * 10 * 65);
});
