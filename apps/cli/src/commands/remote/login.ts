import { exitCodes } from '../../exit.ts';
import type { ExitCode } from '../../exit.ts';
import { asking, connection } from '../../remote/connection.ts';
import { keepCredentials, serviceUrl } from '../../remote/credentials.ts';
import { readSecret } from '../../remote/prompt.ts';

const local = 'http://127.0.0.1:4600';

/** Tries a token, then keeps it. */
export async function login(given: string | undefined): Promise<ExitCode> {
  const url = serviceUrl(given ?? (process.env['ENGRAM_URL'] || local));
  const token = process.env['ENGRAM_TOKEN'] || (await readSecret(`Token for ${url}: `));
  const remote = connection({ url, token });
  const { project, scopes, version } = await asking(remote, () => remote.api.system.about.query());
  const file = await keepCredentials({ url, token });
  console.error(`Logged in to ${url} (Engram ${version}), project ${project}, with ${scopes.join(', ')}.`);
  console.error(`The token is kept in ${file}, readable by you only.`);
  return exitCodes.ok;
}
