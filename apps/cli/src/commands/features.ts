import { disposeState } from '@engram/cl-core';
import type { EngineName } from '@engram/engine';
import { nodeEnvironment } from '@engram/experiment/node';
import { encodeStack, pretrain } from '@engram/features';
import { createRng } from '@engram/random';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { writeWhole } from '../run-folder.ts';
import { duration } from '../terminal/progress.ts';
import { version } from '../version.ts';

export interface PretrainCommandOptions {
  readonly epochs: number;
  readonly batch: number;
  readonly lr: number;
  readonly head: readonly number[];
  readonly seed: number;
  readonly out: string;
  readonly engine: EngineName | 'auto';
  readonly offline?: boolean;
  readonly quiet?: boolean;
}

const progressEveryMilliseconds = 5000;

/** Trains the convolutional layers on CIFAR-10; the file is written after every epoch, so a stop loses one at most. */
export async function pretrainCommand(options: PretrainCommandOptions): Promise<ExitCode> {
  const { epochs, batch, lr, head, seed, out, engine, offline = false, quiet = false } = options;
  const say = (line: string): void => {
    if (!quiet) console.error(line);
  };
  if (epochs < 1 || batch < 1 || lr <= 0) {
    throw new CliError(
      exitCodes.usage,
      `Pretraining needs at least one epoch, one picture per step and a learning rate above 0; got --epochs ${epochs} --batch ${batch} --lr ${lr}.`,
    );
  }
  const environment = await nodeEnvironment({ engine, version, offline, say });
  const dataset = await environment.loadDataset({ source: 'named', dataset: 'cifar10', size: 'full' });
  const interruption = interruptible(say);
  const begun = performance.now();
  let told = begun;
  let written = 0;
  const events = pretrain(dataset, {
    epochs,
    batchSize: batch,
    learningRate: lr,
    head,
    rng: createRng(seed),
    signal: interruption.signal,
  });
  for await (const event of events) {
    const now = performance.now();
    if (event.type === 'step') {
      // lets a signal be heard
      await new Promise((resolve) => setImmediate(resolve));
      if (now - told < progressEveryMilliseconds) continue;
      told = now;
      const left = ((now - begun) / 1000 / event.step) * (event.steps - event.step);
      say(`step ${event.step} of ${event.steps}, loss ${event.loss.toFixed(3)}, ${duration(left)} left`);
      continue;
    }
    const origin = {
      dataset: dataset.name,
      dataHash: dataset.hash,
      epochs: event.epoch,
      batchSize: batch,
      learningRate: lr,
      head,
      seed,
      accuracy: event.accuracy,
      engine: `${environment.engine.name} ${environment.engine.variant}`,
      commit: environment.software.commit,
    };
    await writeWhole(out, await encodeStack(event.stack, origin));
    disposeState(event.stack);
    written = event.epoch;
    say(
      `epoch ${event.epoch} of ${epochs}: ${(100 * event.accuracy).toFixed(1)} % of the test pictures right; ${out} written`,
    );
  }
  if (written === epochs) {
    say(`Use it with --set data.features=${out}`);
    return exitCodes.ok;
  }
  say(
    written === 0
      ? 'Stopped before the first epoch ended: nothing is written.'
      : `Stopped: ${out} holds epoch ${written}.`,
  );
  return interruption.code();
}
