import type { EngineName } from '@engram/engine';
import { nodeEnvironment } from '@engram/experiment/node';
import { exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { interruptible } from '../interrupt.ts';
import { runJob } from '../job.ts';
import { readSpec } from '../run-folder.ts';
import { version } from '../version.ts';

export interface JobCommandOptions {
  readonly seed: number;
  readonly engine: EngineName | 'auto';
  readonly offline?: boolean;
  readonly allowOtherEngine?: boolean;
}

/** One seed of a prepared folder, its events on stdout: what `compare` starts for each of its runs. */
export async function job(folder: string, options: JobCommandOptions): Promise<ExitCode> {
  const say = (): void => undefined;
  const interrupt = interruptible(say);
  const environment = await nodeEnvironment({
    engine: options.engine,
    version,
    offline: options.offline ?? false,
    say,
  });
  let told = 0;
  const record = await runJob({
    folder,
    spec: await readSpec(folder),
    seed: options.seed,
    environment,
    signal: interrupt.signal,
    allowOtherEngine: options.allowOtherEngine ?? false,
    // a comparison is many runs, and their weights would fill the disk
    keepModel: false,
    onEvent: (event) => {
      // a few steps a second are enough to show that it goes on
      if (event.type === 'step' && performance.now() - told < 200) return;
      told = performance.now();
      console.log(JSON.stringify(event));
    },
    say,
  });
  if (record.failure !== null) console.error(record.failure.message);
  if (record.status === 'interrupted') return interrupt.code();
  return record.status === 'diverged' ? exitCodes.failed : exitCodes.ok;
}
