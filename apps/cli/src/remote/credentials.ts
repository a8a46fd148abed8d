import { chmod, readFile, stat } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError, exitCodes } from '../exit.ts';
import { writeWhole } from '../run-folder.ts';

/** A service and the token for it. */
export interface Credentials {
  readonly url: string;
  readonly token: string;
}

const Stored = z.strictObject({
  current: z.string(),
  services: z.record(z.string(), z.strictObject({ token: z.string() })),
});

/** Where tokens are kept: ENGRAM_CONFIG_DIR, or what the operating system has for this. */
function credentialsFile(): string {
  const { ENGRAM_CONFIG_DIR, XDG_CONFIG_HOME, APPDATA } = process.env;
  const system = platform() === 'win32' ? (APPDATA ?? join(homedir(), 'AppData', 'Roaming')) : XDG_CONFIG_HOME;
  return join(ENGRAM_CONFIG_DIR || join(system || join(homedir(), '.config'), 'engram'), 'credentials.json');
}

const login = 'Run "engram remote login" first, or set ENGRAM_URL and ENGRAM_TOKEN.';

/** From the environment, otherwise from the file that `login` wrote. `url` chooses among several services. */
export async function findCredentials(url: string | undefined): Promise<Credentials> {
  const { ENGRAM_URL, ENGRAM_TOKEN } = process.env;
  const wanted = url ?? (ENGRAM_URL || undefined);
  if (ENGRAM_TOKEN) {
    if (wanted === undefined) {
      throw new CliError(
        exitCodes.usage,
        'ENGRAM_TOKEN is set, but not for which service. Set ENGRAM_URL, or give --url.',
      );
    }
    return { url: serviceUrl(wanted), token: ENGRAM_TOKEN };
  }
  const stored = await readStored();
  const chosen = wanted === undefined ? stored?.current : serviceUrl(wanted);
  const token = chosen === undefined ? undefined : stored?.services[chosen]?.token;
  if (chosen === undefined || token === undefined) {
    throw new CliError(exitCodes.auth, `There is no token${chosen === undefined ? '' : ` for ${chosen}`}. ${login}`);
  }
  return { url: chosen, token };
}

/** Keeps a token for its service, readable by its owner only, and makes that service the current one. */
export async function keepCredentials({ url, token }: Credentials): Promise<string> {
  const stored = await readStored();
  const file = credentialsFile();
  const next = { current: url, services: { ...stored?.services, [url]: { token } } };
  await writeWhole(file, `${JSON.stringify(next, null, 2)}\n`, 0o600);
  return file;
}

async function readStored(): Promise<z.infer<typeof Stored> | undefined> {
  const file = credentialsFile();
  const info = await stat(file).catch(() => undefined);
  if (info === undefined) return undefined;
  // a copy or a backup may have opened it up
  if (platform() !== 'win32' && (info.mode & 0o077) !== 0) await chmod(file, 0o600);
  const parsed = Stored.safeParse(jsonOf(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new CliError(exitCodes.usage, `${file} cannot be read as tokens. Remove it, then run "engram remote login".`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The address without a slash at its end. A token goes over plain HTTP to this machine only. */
export function serviceUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new CliError(
      exitCodes.usage,
      `Expected the address of a service such as http://127.0.0.1:4600, got "${text}".`,
    );
  }
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !here) {
    throw new CliError(
      exitCodes.usage,
      `${url.host} would get the token over unencrypted HTTP, where others can read it. Use https, or a tunnel to this machine.`,
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}
