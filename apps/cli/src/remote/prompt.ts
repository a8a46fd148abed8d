import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CliError, exitCodes } from '../exit.ts';

/** Asks for a secret without showing what is typed; where there is no terminal, standard input is the secret. */
export async function readSecret(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    const secret = (await text(stdin)).trim();
    if (secret === '') {
      throw new CliError(exitCodes.usage, 'No token came on standard input. Pipe it in, or run this in a terminal.');
    }
    return secret;
  }
  stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  lines.on('SIGINT', () => {
    stderr.write('\n');
    process.exit(exitCodes.interrupted);
  });
  try {
    return (await lines.question('')).trim();
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
