import type { DatasetName, ExperimentSpec } from '@engram/contracts';
import type { Estimate } from '@engram/contracts/service';

const shapes: Readonly<
  Record<DatasetName, { readonly inputs: number; readonly classes: number; readonly tests: number }>
> = {
  mnist: { inputs: 784, classes: 10, tests: 10_000 },
  'fashion-mnist': { inputs: 784, classes: 10, tests: 10_000 },
  cifar10: { inputs: 3072, classes: 10, tests: 10_000 },
  cifar100: { inputs: 3072, classes: 100, tests: 10_000 },
  digits: { inputs: 64, classes: 10, tests: 360 },
};

/**
 * Multiply-adds of the dense layers: a training step costs three forward passes (forward, gradient of the weights,
 * gradient of the inputs), an evaluation one. What strategies add is left out; replay about doubles it.
 */
export function multiplyAdds({ data, stream, model, training, evaluation }: ExperimentSpec): number {
  const shape = shapes[data.source === 'named' ? data.dataset : 'mnist'];
  const inputs = stream.kind === 'permuted' && stream.padTo !== null ? stream.padTo ** 2 : shape.inputs;
  const widths = [inputs, ...model.hidden, shape.classes];
  const forward = widths.slice(1).reduce((sum, width, i) => sum + width * (widths[i] ?? 0), 0);
  const testsPerTask = stream.kind === 'split' ? shape.tests / stream.tasks : shape.tests;
  const tests = evaluation.examples === 'all' ? testsPerTask : Math.min(evaluation.examples, testsPerTask);
  const steps = stream.tasks * training.iterations * training.batchSize * 3;
  return forward * (steps + (stream.tasks + 1) * stream.tasks * tests);
}

export function estimateOf(specs: readonly ExperimentSpec[], perSecond: number | null): Estimate {
  const total = specs.reduce((sum, spec) => sum + multiplyAdds(spec), 0);
  return {
    runs: specs.length,
    multiplyAdds: total,
    seconds: perSecond === null ? null : total / perSecond,
    basis:
      perSecond === null
        ? 'no run has finished here yet, so the speed is not known'
        : 'speed of the latest runs that finished here; strategies that replay take about twice as long',
  };
}
