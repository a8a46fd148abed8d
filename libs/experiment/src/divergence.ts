import type { ExperimentSpec, RunRecord } from '@engram/contracts';

/** What a loss that is no number most likely comes from, and what to do. */
export function divergence(
  spec: ExperimentSpec,
  task: number,
  iteration: number,
  loss: number,
): NonNullable<RunRecord['failure']> {
  return {
    task,
    iteration,
    loss: String(loss),
    message: `The loss became ${loss} at step ${iteration} of task ${task + 1}. ${likelyCause(spec)}`,
  };
}

function likelyCause({ optimizer, strategies }: ExperimentSpec): string {
  const usual = optimizer.kind === 'adam' ? 0.01 : 0.5;
  if (optimizer.learningRate > usual) {
    return `Likely cause: the learning rate ${optimizer.learningRate} is too large; usual values for ${optimizer.kind} are below ${usual}. Lower optimizer.learningRate.`;
  }
  const strengths = strategies.flatMap((strategy) => [
    ...('lambda' in strategy ? [{ name: `strategies.${strategy.name}.lambda`, value: strategy.lambda }] : []),
    ...('c' in strategy ? [{ name: `strategies.${strategy.name}.c`, value: strategy.c }] : []),
  ]);
  const strongest = strengths.toSorted((a, b) => b.value - a.value)[0];
  if (strongest !== undefined) {
    return `Likely cause: the penalty is too stiff for this optimizer (${strongest.name} = ${strongest.value}). Lower it, or lower optimizer.learningRate${optimizer.kind === 'sgd' ? ', or use adam, which tolerates strong penalties' : ''}.`;
  }
  return `Likely cause: the learning rate ${optimizer.learningRate} is too large for this network, or the data holds values that are not numbers. Lower optimizer.learningRate and check the data.`;
}
