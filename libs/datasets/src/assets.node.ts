import { readFile } from 'node:fs/promises';
import type { AssetName } from './shipped.ts';

/** One of the files in `data/`, which are shipped with the library. */
export const readAsset = async (name: AssetName): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await readFile(new URL(`../data/${name}`, import.meta.url)));
