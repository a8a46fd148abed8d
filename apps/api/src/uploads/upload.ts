import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDataset } from './check.ts';
import type { CheckedDataset } from './check.ts';
import type { UploadLimits } from './limits.ts';
import { receive } from './receive.ts';
import type { IncomingFile } from './receive.ts';

/** Where content is put; a BlobStore. */
interface Store {
  put(bytes: Uint8Array): Promise<string>;
}

/**
 * Takes in a data set of one's own: received within limits, decoded, and stored in parts by content. Until it returns nothing is
 * kept but content that nobody refers to; the folder it works in is removed however it ends.
 */
export async function takeUpload(
  files: AsyncIterable<IncomingFile>,
  store: Store,
  limits: UploadLimits,
  signal: AbortSignal,
): Promise<CheckedDataset> {
  const folder = await mkdtemp(join(tmpdir(), 'engram-upload-'));
  try {
    const [received, parts] = [join(folder, 'received'), join(folder, 'parts')];
    await mkdir(received, { mode: 0o700 });
    await mkdir(parts, { mode: 0o700 });
    const path = await receive(files, received, limits, signal);
    const checked = await checkDataset(path, parts, limits, signal);
    for (const part of checked.parts) {
      signal.throwIfAborted();
      await store.put(await readFile(join(parts, part.path)));
    }
    return checked;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
