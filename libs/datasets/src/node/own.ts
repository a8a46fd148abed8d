import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DataError } from '../errors.ts';
import { datasetFrom, examplesFrom } from '../examples.ts';
import type { Dataset, Examples } from '../examples.ts';
import { idxImages, idxLabels } from '../idx.ts';
import { decodeDataset } from '../stored.ts';
import { parseCsv } from './csv.ts';
import { pictureReader } from './pictures.ts';

/** Rows and labels before they are divided into a training and a test part. */
interface Table {
  readonly rows: readonly Uint8Array[] | readonly Float32Array[];
  readonly labels: readonly number[];
  readonly shape: readonly number[];
  readonly scale: number;
  readonly classNames: readonly string[];
}

/**
 * The user's own data:
 *
 * - a CSV file: the first column is the class, the others are numbers; a header line is skipped;
 * - a folder with one folder of PNG or JPEG images per class, all of one size;
 * - a folder with IDX files called train-images…, train-labels…, t10k- or test-images…, …-labels… (gzip or not);
 * - a folder with the parts of a stored data set, in order of their names, called ….part.
 *
 * CSV and images are divided by position: in each class every fifth example is for testing. Throws DataError.
 */
export async function loadOwn(path: string): Promise<Dataset> {
  const kind = await kindOf(path);
  const name = basename(path);
  if (kind === 'idx') return idxFolder(path, name);
  if (kind === 'stored') return decodeDataset(await joinedParts(path), name);
  const table = kind === 'csv' ? await csvTable(path) : await imageTable(path);
  return split(table, name);
}

async function kindOf(path: string): Promise<'csv' | 'images' | 'idx' | 'stored'> {
  const expected =
    'Expected are a CSV file, a folder with one folder of PNG or JPEG images per class, or a folder of IDX files.';
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) throw new DataError('not-found', `There is no data at ${path}. ${expected}`);
  if (info.isFile()) {
    if (path.endsWith('.csv')) return 'csv';
    throw new DataError('wrong-format', `${path} is not a CSV file. ${expected}`);
  }
  const names = await readdir(path);
  if (names.some((name) => name.endsWith('.part'))) return 'stored';
  return names.some((name) => name.includes('-images')) ? 'idx' : 'images';
}

async function joinedParts(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const names = (await readdir(path)).filter((name) => name.endsWith('.part')).sort();
  return new Uint8Array(Buffer.concat(await Promise.all(names.map((name) => readFile(join(path, name))))));
}

async function csvTable(path: string): Promise<Table> {
  const { rows, labels } = parseCsv(await readFile(path, 'utf8'), path);
  const classNames = [...new Set(labels)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const [first] = rows;
  // inputs of any range are brought to about [0, 1], as the networks expect
  const largest = rows.reduce((most, row) => row.reduce((max, value) => Math.max(max, Math.abs(value)), most), 0);
  return {
    rows,
    labels: labels.map((label) => classNames.indexOf(label)),
    shape: [first?.length ?? 0],
    scale: largest === 0 ? 1 : 1 / largest,
    classNames,
  };
}

async function imageTable(path: string): Promise<Table> {
  const entries = await readdir(path, { withFileTypes: true });
  const classNames = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const rows: Uint8Array[] = [];
  const labels: number[] = [];
  let shape: readonly number[] | undefined;
  const readPicture = await pictureReader();
  for (const [label, className] of classNames.entries()) {
    const files = (await readdir(join(path, className))).sort();
    for (const file of files) {
      const full = join(path, className, file);
      const image = await readPicture(await readFile(full), full);
      const own = [image.height, image.width, image.channels];
      shape ??= own;
      if (shape.join() !== own.join()) {
        throw new DataError(
          'wrong-format',
          `${full} has ${own.join(' × ')} values (height × width × channels), the first image has ${shape.join(' × ')}. Bring all images to one size and kind.`,
        );
      }
      rows.push(image.pixels);
      labels.push(label);
    }
  }
  if (shape === undefined || classNames.length < 2) {
    throw new DataError(
      'not-found',
      `${path} needs at least two folders with PNG or JPEG images, one per class; found ${classNames.length} folders and ${rows.length} images.`,
    );
  }
  return { rows, labels, shape, scale: 1 / 255, classNames };
}

const testEvery = 5;

function split({ rows, labels, shape, scale, classNames }: Table, name: string): Promise<Dataset> {
  const met = new Map<number, number>();
  const isTest = labels.map((label) => {
    const before = met.get(label) ?? 0;
    met.set(label, before + 1);
    return before % testEvery === testEvery - 1;
  });
  for (const [label, className] of classNames.entries()) {
    const count = met.get(label) ?? 0;
    if (count < testEvery) {
      throw new DataError(
        'incomplete',
        `Class "${className}" of ${name} has ${count} examples; at least ${testEvery} are needed, so that one can be kept for testing.`,
      );
    }
  }
  const part = (test: boolean): Examples => {
    const own = rows.flatMap((row, i) => (isTest[i] === test ? [row] : []));
    const length = own[0]?.length ?? 0;
    const inputs =
      own[0] instanceof Uint8Array ? new Uint8Array(own.length * length) : new Float32Array(own.length * length);
    own.forEach((row, i) => inputs.set(row, i * length));
    const ownLabels = Int32Array.from(labels.filter((_, i) => isTest[i] === test));
    return examplesFrom(inputs, ownLabels, { shape, scale, classes: classNames.length, name });
  };
  return datasetFrom({
    name,
    variant: 'own',
    train: part(false),
    test: part(true),
    classNames,
    licence: 'the user’s own data',
  });
}

async function idxFolder(path: string, name: string): Promise<Dataset> {
  const names = await readdir(path);
  const content = async (
    pattern: RegExp,
    what: string,
  ): Promise<{ readonly file: string; readonly bytes: Uint8Array<ArrayBuffer> }> => {
    const file = names.find((candidate) => pattern.test(candidate));
    if (file === undefined)
      throw new DataError(
        'not-found',
        `${path} has no IDX file of ${what} (a name such as ${what.replace(' ', '-')}-idx…). Found: ${names.join(', ')}.`,
      );
    const bytes = await readFile(join(path, file));
    return { file, bytes: new Uint8Array(file.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes) };
  };
  const images = [
    await content(/^train.*-images/, 'train images'),
    await content(/^(t10k|test).*-images/, 'test images'),
  ] as const;
  const labels = [
    await content(/^train.*-labels/, 'train labels'),
    await content(/^(t10k|test).*-labels/, 'test labels'),
  ] as const;
  const classes = Math.max(...labels.flatMap(({ file, bytes }) => [...new Set(idxLabels(bytes, file))])) + 1;
  const part = (i: 0 | 1): Examples => {
    const { pixels, height, width } = idxImages(images[i].bytes, images[i].file);
    return examplesFrom(pixels, idxLabels(labels[i].bytes, labels[i].file), {
      shape: [height, width, 1],
      scale: 1 / 255,
      classes,
      name: images[i].file,
    });
  };
  const classNames = Array.from({ length: classes }, (_, i) => String(i));
  return datasetFrom({
    name,
    variant: 'own',
    train: part(0),
    test: part(1),
    classNames,
    licence: 'the user’s own data',
  });
}
