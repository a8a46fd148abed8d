import type { EngineName } from '@engram/engine';
import { lesionStudy } from '@engram/experiment';
import type { LesionOptions, LesionResult, TrainedModel } from '@engram/experiment';
import { nodeEnvironment } from '@engram/experiment/node';
import { decodeModel } from '@engram/export';
import { mean } from '@engram/metrics';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { readModel } from '../run-folder.ts';
import { styleFor } from '../terminal/style.ts';
import { percent, table, wrap } from '../terminal/table.ts';
import { version } from '../version.ts';

export interface LesionCommandOptions {
  readonly seed?: number;
  readonly target: LesionOptions['target'];
  readonly shares: readonly number[];
  readonly remaining: number;
  readonly examples: number;
  readonly engine: EngineName | 'auto';
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Damages the trained network of a run more and more, and shows what each task has left. */
export async function lesion(folder: string, options: LesionCommandOptions): Promise<ExitCode> {
  const { target, shares, remaining, examples, json, quiet } = options;
  const say = (line: string): void => {
    if (!quiet) console.error(line);
  };
  const { seed, bytes } = await readModel(folder, options.seed);
  const model = decodeModel(bytes);
  const environment = await nodeEnvironment({
    engine: options.engine,
    version,
    offline: options.offline ?? false,
    say,
  });
  const dataset = await environment.loadDataset(model.info.spec.data);
  const interrupt = interruptible(() => say('stopping after this lesion'));
  const results: LesionResult[] = [];
  const asked = { target, shares, remaining, examples, signal: interrupt.signal };
  for await (const result of lesionStudy(model, dataset, asked)) {
    results.push(result);
    say(`${label(result)}: ${percent(mean(result.accuracies))}`);
  }
  if (interrupt.signal.aborted) return interrupt.code();
  if (json) console.log(JSON.stringify({ folder, seed, target, remaining, examples, results }, null, 2));
  else console.log(lesionText(model, { target, remaining }, results));
  return exitCodes.ok;
}

function lesionText(
  { info }: TrainedModel,
  { target, remaining }: Pick<LesionOptions, 'target' | 'remaining'>,
  results: readonly LesionResult[],
): string {
  const harm = remaining === 0 ? 'removed' : `decayed to ${Math.round(100 * remaining)} %`;
  const rows = results.map((result) => [
    label(result),
    ...result.accuracies.map((accuracy) => percent(accuracy)),
    percent(mean(result.accuracies)),
  ]);
  const head = ['', ...info.tasks.map((_, task) => `t${task + 1}`), 'mean'];
  return [
    styleFor(process.stdout).bold(
      `Recall in percent, ${target === 'units' ? 'hidden units' : 'weights and biases'} ${harm}`,
    ),
    table([head, ...rows]),
    wrap('Important is what has much Fisher information over the tasks.'),
  ].join('\n');
}

const label = ({ which, share }: LesionResult): string =>
  which === 'intact' ? which : `${Number((100 * share).toFixed(1))} % ${which.replace('-', ' ')}`;
