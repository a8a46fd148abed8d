import { homedir } from 'node:os';
import { join } from 'node:path';

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
