import type { AssetName } from './shipped.ts';

/** Addresses spelled out, since bundlers find files by literal URLs only. */
const addresses: Readonly<Record<AssetName, URL>> = {
  'mnist-train-1.pack': new URL('../data/mnist-train-1.pack', import.meta.url),
  'mnist-train-2.pack': new URL('../data/mnist-train-2.pack', import.meta.url),
  'mnist-train-3.pack': new URL('../data/mnist-train-3.pack', import.meta.url),
  'mnist-train-4.pack': new URL('../data/mnist-train-4.pack', import.meta.url),
  'mnist-train-5.pack': new URL('../data/mnist-train-5.pack', import.meta.url),
  'mnist-test.pack': new URL('../data/mnist-test.pack', import.meta.url),
  'digits-train.pack': new URL('../data/digits-train.pack', import.meta.url),
  'digits-test.pack': new URL('../data/digits-test.pack', import.meta.url),
};

/** One of the files in `data/`, which are shipped with the library. */
export async function readAsset(name: AssetName): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(addresses[name]);
  if (!response.ok) throw new Error(`${name} could not be fetched (status ${response.status}); load the page again.`);
  return new Uint8Array(await response.arrayBuffer());
}
