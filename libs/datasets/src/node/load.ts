import { loadEmbedded } from '../embedded.ts';
import { DataError } from '../errors.ts';
import { datasetFrom, examplesFrom } from '../examples.ts';
import type { Dataset, Examples } from '../examples.ts';
import { idxImages, idxLabels } from '../idx.ts';
import { catalogue } from './catalogue.ts';
import type { CifarSource, FullName, IdxSource, SourceFile } from './catalogue.ts';
import { sourceContent, sourceState } from './store.ts';
import type { StoreOptions } from './store.ts';

export type DatasetName = FullName | 'digits';

/** A named data set. `subset` is what is shipped: MNIST and the 8 × 8 digits have one. Throws DataError. */
export async function loadDataset(
  { name, size }: { readonly name: DatasetName; readonly size: 'subset' | 'full' },
  options: StoreOptions = {},
): Promise<Dataset> {
  if (name === 'digits') return loadEmbedded('digits');
  if (size === 'subset') {
    if (name === 'mnist') return loadEmbedded('mnist');
    throw new DataError(
      'not-found',
      `${name} has no subset shipped with the software; only mnist and digits do. Use --data full, which fetches it once.`,
    );
  }
  const { source, classNames, licence } = catalogue[name];
  const content = (file: SourceFile): Promise<Uint8Array<ArrayBuffer>> => sourceContent(name, file, options);
  const { train, test } =
    source.kind === 'idx'
      ? await idxParts(source, classNames.length, content)
      : await cifarParts(source, classNames.length, content);
  return datasetFrom({ name, variant: 'full', train, test, classNames, licence });
}

export interface DatasetListing {
  readonly name: DatasetName;
  readonly title: string;
  readonly licence: string;
  /** What can be used at once. */
  readonly available: 'shipped' | 'shipped in part' | 'on this machine' | 'to be fetched';
}

/** Every named data set and whether it is here. */
export async function listDatasets(options: StoreOptions = {}): Promise<readonly DatasetListing[]> {
  const fetched = await Promise.all(
    fullNames.map(async (name): Promise<DatasetListing> => {
      const { title, licence } = catalogue[name];
      const states = await Promise.all(filesOf(name).map((file) => sourceState(file, options)));
      const here = states.every((state) => state !== undefined);
      return {
        name,
        title,
        licence,
        available: here ? 'on this machine' : name === 'mnist' ? 'shipped in part' : 'to be fetched',
      };
    }),
  );
  return [
    ...fetched,
    {
      name: 'digits',
      title: 'Digits, 1,797 handwritten digits, 8 × 8',
      licence: 'CC BY 4.0, E. Alpaydin and C. Kaynak',
      available: 'shipped',
    },
  ];
}

/** Fetches whatever of a data set is missing. */
export async function pullDataset(name: FullName, options: StoreOptions = {}): Promise<void> {
  for (const file of filesOf(name)) await sourceContent(name, file, options);
}

export interface FileState {
  readonly file: string;
  /** Where it is, if anywhere. */
  readonly path: string | undefined;
  /** What is wrong with it, if anything. */
  readonly problem: string | undefined;
}

/** Checks every file of a data set against its size and SHA-256. */
export const verifyDataset = (name: FullName, options: StoreOptions = {}): Promise<readonly FileState[]> =>
  Promise.all(
    filesOf(name).map(async (file) => {
      const state = await sourceState(file, options);
      return {
        file: file.path,
        path: state?.path,
        problem: state === undefined ? 'it is not on this machine' : state.problem,
      };
    }),
  );

export const fullNames: readonly FullName[] = ['mnist', 'fashion-mnist', 'cifar10', 'cifar100'];

const filesOf = (name: FullName): readonly SourceFile[] => {
  const { source } = catalogue[name];
  return source.kind === 'idx'
    ? [source.trainImages, source.trainLabels, source.testImages, source.testLabels]
    : [...source.train, ...source.test];
};

interface Parts {
  readonly train: Examples;
  readonly test: Examples;
}

type Content = (file: SourceFile) => Promise<Uint8Array<ArrayBuffer>>;

async function idxParts(source: IdxSource, classes: number, content: Content): Promise<Parts> {
  const part = async (images: SourceFile, labels: SourceFile): Promise<Examples> => {
    const { pixels, height, width } = idxImages(await content(images), images.path);
    const classOf = idxLabels(await content(labels), labels.path);
    return examplesFrom(pixels, classOf, { shape: [height, width, 1], scale: 1 / 255, classes, name: images.path });
  };
  return {
    train: await part(source.trainImages, source.trainLabels),
    test: await part(source.testImages, source.testLabels),
  };
}

const side = 32;
const channels = 3;
const pixelsOfPicture = side * side * channels;

async function cifarParts(source: CifarSource, classes: number, content: Content): Promise<Parts> {
  const part = async (files: readonly SourceFile[]): Promise<Examples> => {
    const records = source.labelBytes + pixelsOfPicture;
    const contents = await Promise.all(files.map(content));
    const count = contents.reduce((sum, { length }) => sum + length / records, 0);
    const inputs = new Uint8Array(count * pixelsOfPicture);
    const labels = new Int32Array(count);
    let row = 0;
    for (const bytes of contents) {
      for (let from = 0; from < bytes.length; from += records, row++) {
        labels[row] = bytes[from + source.labelAt] ?? -1;
        interleave(bytes.subarray(from + source.labelBytes, from + records), inputs.subarray(row * pixelsOfPicture));
      }
    }
    return examplesFrom(inputs, labels, {
      shape: [side, side, channels],
      scale: 1 / 255,
      classes,
      name: files.map(({ path }) => path).join(', '),
    });
  };
  return { train: await part(source.train), test: await part(source.test) };
}

/** From three planes, one per colour, to red, green and blue of each pixel side by side. */
function interleave(planes: Uint8Array, pixels: Uint8Array): void {
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      pixels[pixel * channels + channel] = planes[channel * side * side + pixel] ?? 0;
    }
  }
}
