import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import type { ExitCode } from './exit.ts';

export const whole = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError(`expected a whole number, got "${text}".`);
  return value;
};
export const real = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError(`expected a number, got "${text}".`);
  return value;
};
export const share = (text: string): number => {
  const value = real(text);
  if (value < 0 || value > 1) throw new InvalidArgumentError(`expected a number from 0 to 1, got "${text}".`);
  return value;
};
export const shares = (text: string): number[] => text.split(',').map(share);
export const widths = (text: string): number[] =>
  text.split(',').map((part) => {
    if (!/^[1-9]\d*$/.test(part.trim()))
      throw new InvalidArgumentError(`expected units per layer such as "400,400", got "${text}".`);
    return Number(part);
  });
export const jobs = (text: string): number | 'auto' => (text === 'auto' ? text : Math.max(1, whole(text)));
export const several = (text: string, before: string[] = []): string[] => [...before, text];

export const engine = (): Option =>
  new Option('--engine <engine>', 'what computes')
    .choices(['auto', 'native', 'tensorflow', 'wasm', 'webgpu', 'webgl', 'cpu'])
    .default('auto')
    .env('ENGRAM_ENGINE');

/** The options that say what is run; each may also come from an environment variable. */
export const withSpecification = (command: Command): Command =>
  command
    .addOption(new Option('--scenario <scenario>', 'task, domain or class').env('ENGRAM_SCENARIO'))
    .option('--tasks <n>', 'tasks in the stream', whole)
    .option('--iterations <n>', 'training steps per task', whole)
    .option('--batch <n>', 'examples per step', whole)
    .option('--hidden <units>', 'units of the hidden layers, for example 400,400', widths)
    .option('--lr <rate>', 'learning rate', real)
    .addOption(
      new Option('--data <data>', 'subset (shipped), full (fetched once), a data set, or a path').env(
        'ENGRAM_DATA_SIZE',
      ),
    )
    .option('--set <path=value>', 'any value of the specification, as often as needed', several)
    .addOption(new Option('--config <file>', 'JSON with part of a specification').env('ENGRAM_CONFIG'));

/** The same, and how it is run on this machine. */
export const withExperiment = (command: Command): Command =>
  withSpecification(command)
    .addOption(new Option('--out <folder>', 'where results go').env('ENGRAM_OUT'))
    .addOption(engine())
    .option('--offline', 'never use the network')
    .option('--force', 'replace results that are in the way')
    .option('--allow-other-engine', 'resume on another engine than began')
    .option('-q, --quiet', 'no progress');

/** Where each option's value came from, for --show-origin. */
export const sourcesOf = (command: Command): Record<string, string> =>
  Object.fromEntries(
    command.options.map((option) => {
      const name = option.attributeName();
      const source = command.getOptionValueSource(name);
      return [name, source === 'env' ? (option.envVar ?? 'environment') : (option.long ?? name)];
    }),
  );

/** Runs a command whose module is loaded only now: help must not wait for an engine. */
export const running =
  <Args extends unknown[]>(action: (...args: Args) => Promise<ExitCode> | ExitCode) =>
  async (...args: Args): Promise<void> => {
    process.exitCode = await action(...args);
  };
