import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ServiceError } from '@engram/contracts/service';

/** Holds a file that says which process uses a folder. A process that died does not hold it any more. */
export async function lockFolder(file: string): Promise<() => Promise<void>> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (holder !== process.pid && isAlive(holder)) {
        throw new ServiceError(
          'conflict',
          `The embedded database in ${dirname(file)} is in use by process ${holder}; only one process can have it.`,
          { hint: 'Stop that process, choose another ENGRAM_STATE_DIR, or use PostgreSQL (DATABASE_URL).' },
        );
      }
      await rm(file, { force: true });
    }
  }
  throw new ServiceError('conflict', `Another process is starting on ${dirname(file)} at this moment.`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
