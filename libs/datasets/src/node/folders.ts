import { mkdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A folder of the user's that already holds the files (ENGRAM_DATA); it is only read. */
export const dataFolder = (): string | undefined => process.env['ENGRAM_DATA'] || undefined;

/** Where downloads are kept: ENGRAM_CACHE, or what the operating system has for this. */
export function cacheFolder(): string {
  const { ENGRAM_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (ENGRAM_CACHE) return ENGRAM_CACHE;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'engram');
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'engram');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'engram');
}

/**
 * Makes a folder and those above it. Node's own recursive mkdir never returns where a file system says "no such entry"
 * to a new name under a folder that is there, as /proc does; this throws what the system says.
 */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path);
  try {
    await mkdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || (await isThere(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await makeFolder(folder);
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
