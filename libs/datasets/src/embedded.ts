import { readAsset } from '#assets';
import { datasetFrom, examplesFrom } from './examples.ts';
import type { Dataset, Examples } from './examples.ts';
import { shipped } from './shipped.ts';
import type { AssetName, EmbeddedName } from './shipped.ts';
import { unpackImages } from './pack.ts';

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Data shipped with the library: the first 10,000 training and 2,000 test images of MNIST, or the 8 × 8 digits of UCI
 * (1,437 and 360). Works offline.
 */
export async function loadEmbedded(name: EmbeddedName): Promise<Dataset> {
  const { train, test, scale, variant, licence } = shipped[name];
  const [trainPart, testPart] = await Promise.all([joined(train, scale), joined(test, scale)]);
  return datasetFrom({ name, variant, train: trainPart, test: testPart, classNames: digits, licence });
}

async function joined(names: readonly AssetName[], scale: number): Promise<Examples> {
  const shards = await Promise.all(names.map(async (name) => unpackImages(await readAsset(name), name)));
  const pixels = new Uint8Array(shards.reduce((sum, shard) => sum + shard.pixels.length, 0));
  const labels = new Int32Array(shards.reduce((sum, shard) => sum + shard.labels.length, 0));
  let pixel = 0;
  let label = 0;
  for (const shard of shards) {
    pixels.set(shard.pixels, pixel);
    labels.set(shard.labels, label);
    pixel += shard.pixels.length;
    label += shard.labels.length;
  }
  const [first] = shards;
  return examplesFrom(pixels, labels, {
    shape: [first?.height ?? 0, first?.width ?? 0, 1],
    scale,
    classes: digits.length,
    name: names.join(', '),
  });
}
