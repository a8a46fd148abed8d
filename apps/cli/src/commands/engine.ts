import { spawn } from 'node:child_process';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';

const tensorflow = '@tensorflow/tfjs-node@4.22.0';

/** Installs an optional engine, and says plainly when that is not possible. */
export async function addEngine(name: string): Promise<ExitCode> {
  if (name !== 'tensorflow') {
    throw new CliError(
      exitCodes.usage,
      `Only the engine "tensorflow" is installed on request, got "${name}". "engram doctor" shows the others and what they need.`,
    );
  }
  console.error(`npm install ${tensorflow} (it fetches TensorFlow's own library, some hundred megabytes)`);
  const code = await new Promise<number | null>((resolve, reject) => {
    // what npm says goes where progress goes; Ctrl-C reaches it through the terminal
    spawn('npm', ['install', '--no-save', tensorflow], {
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    })
      .on('error', reject)
      .on('close', resolve);
  });
  if (code !== 0) {
    throw new CliError(
      exitCodes.network,
      `${tensorflow} could not be installed; npm's words are above. Its installation fetches files from outside the registry, which many networks refuse. Nothing else is affected: the engines native, wasm and cpu need no download.`,
    );
  }
  console.error('Installed. "engram doctor" shows whether it starts; "--engine tensorflow" chooses it.');
  return exitCodes.ok;
}
