import { exitCodes } from './exit.ts';
import type { ExitCode } from './exit.ts';

/** The first Ctrl-C (or SIGTERM) asks the run to save and stop; the second ends the process at once. */
export function interruptible(say: (line: string) => void): { readonly signal: AbortSignal; code(): ExitCode } {
  const controller = new AbortController();
  let code: ExitCode = exitCodes.interrupted;
  const stop = (exitCode: ExitCode) => (): void => {
    if (controller.signal.aborted) process.exit(exitCode);
    code = exitCode;
    say('stopping: saving a checkpoint (again to stop at once)');
    controller.abort();
  };
  process.on('SIGINT', stop(exitCodes.interrupted));
  process.on('SIGTERM', stop(exitCodes.terminated));
  return { signal: controller.signal, code: () => code };
}
