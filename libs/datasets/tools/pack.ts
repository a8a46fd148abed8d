/** Makes the files in data/ from the originals: `node tools/pack.ts <folder with mnist/ and digits-8x8/>`. */
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { idxImages, idxLabels } from '../src/idx.ts';
import { packImages } from '../src/pack.ts';
import type { PackedImages } from '../src/pack.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say which folder holds mnist/ and digits-8x8/: node tools/pack.ts <folder>');

const unzipped = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(gunzipSync(await readFile(`${folder}/${path}`)));

const shard = ({ height, width, labels, pixels }: PackedImages, from: number, to: number): PackedImages => ({
  height,
  width,
  labels: labels.slice(from, to),
  pixels: pixels.slice(from * height * width, to * height * width),
});

const write = async (name: string, images: PackedImages): Promise<void> => {
  const file = await packImages(images);
  await writeFile(new URL(`../data/${name}`, import.meta.url), file);
  console.log(`${name}: ${images.labels.length} images, ${file.length} bytes`);
};

const mnist = async (part: string): Promise<PackedImages> => {
  const labels = Uint8Array.from(idxLabels(await unzipped(`mnist/${part}-labels-idx1-ubyte.gz`), part));
  return { ...idxImages(await unzipped(`mnist/${part}-images-idx3-ubyte.gz`), part), labels };
};

const train = await mnist('train');
for (let i = 0; i < 5; i++) await write(`mnist-train-${i + 1}.pack`, shard(train, i * 2000, (i + 1) * 2000));
await write('mnist-test.pack', shard(await mnist('t10k'), 0, 2000));

const rows = new TextDecoder()
  .decode(await unzipped('digits-8x8/digits.csv.gz'))
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split(',').map(Number));
const digits: PackedImages = {
  height: 8,
  width: 8,
  labels: Uint8Array.from(rows, (row) => row[64] ?? NaN),
  pixels: Uint8Array.from(rows.flatMap((row) => row.slice(0, 64))),
};
await write('digits-train.pack', shard(digits, 0, 1437));
await write('digits-test.pack', shard(digits, 1437, 1797));
