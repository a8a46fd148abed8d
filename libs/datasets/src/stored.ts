import { DataError } from './errors.ts';
import { datasetFrom, examplesFrom } from './examples.ts';
import type { Dataset, Examples } from './examples.ts';

interface PartHeader {
  readonly type: 'u8' | 'f32';
  readonly count: number;
  readonly shape: readonly number[];
  readonly scale: number;
}

interface Header {
  readonly format: 'engram.dataset/1';
  readonly name: string;
  readonly variant: Dataset['variant'];
  readonly classNames: readonly string[];
  readonly licence: string;
  readonly hash: string;
  readonly train: PartHeader;
  readonly test: PartHeader;
}

/**
 * A data set as one file, decoded: header length (uint32, little-endian), a JSON header filled up with spaces to a multiple of 4 bytes,
 * then labels (int32) and inputs of the training part, each filled up likewise, and those of the test part.
 */
export function encodeDataset(dataset: Dataset): Uint8Array<ArrayBuffer> {
  const { name, variant, classNames, licence, hash, train, test } = dataset;
  const header: Header = {
    format: 'engram.dataset/1',
    name,
    variant,
    classNames,
    licence,
    hash,
    train: partHeader(train),
    test: partHeader(test),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const blocks = [train, test].flatMap(({ labels, inputs }) => [bytesOf(labels), bytesOf(inputs)]);
  const length = blocks.reduce((sum, block) => sum + aligned(block.length), 4 + aligned(json.length));
  const file = new Uint8Array(length).fill(0x20, 4, 4 + aligned(json.length));
  new DataView(file.buffer).setUint32(0, aligned(json.length), true);
  file.set(json, 4);
  let at = 4 + aligned(json.length);
  for (const block of blocks) {
    file.set(block, at);
    at += aligned(block.length);
  }
  return file;
}

/** Reads what `encodeDataset` wrote. Throws DataError `truncated` where the file was cut or changed. */
export async function decodeDataset(file: Uint8Array<ArrayBuffer>, name: string): Promise<Dataset> {
  const header = readHeader(file, name);
  let at = 4 + new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    const block = file.slice(at, at + length);
    if (block.length !== length) throw damaged(name);
    at += aligned(length);
    return block;
  };
  const part = ({ type, count, shape, scale }: PartHeader): Examples => {
    const labels = new Int32Array(take(4 * count).buffer);
    const values = shape.reduce((product, size) => product * size, count);
    const inputs = type === 'u8' ? take(values) : new Float32Array(take(4 * values).buffer);
    return examplesFrom(inputs, labels, { shape, scale, classes: header.classNames.length, name });
  };
  const { variant, classNames, licence, hash } = header;
  const dataset = await datasetFrom({
    name: header.name,
    variant,
    train: part(header.train),
    test: part(header.test),
    classNames,
    licence,
  });
  if (dataset.hash !== hash) throw damaged(name);
  return dataset;
}

function readHeader(file: Uint8Array<ArrayBuffer>, name: string): Header {
  try {
    const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
    // what it says of itself is checked by the hash over everything that follows from it
    const header = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + length))) as Partial<Header>;
    if (header.format !== 'engram.dataset/1') throw new TypeError('another format');
    return header as Header;
  } catch (error) {
    throw damaged(name, error);
  }
}

const damaged = (name: string, cause?: unknown): DataError =>
  new DataError('truncated', `The stored data set ${name} was cut short or changed. Upload the data again.`, { cause });

const aligned = (length: number): number => 4 * Math.ceil(length / 4);

const partHeader = ({ inputs, count, shape, scale }: Examples): PartHeader => ({
  type: inputs instanceof Uint8Array ? 'u8' : 'f32',
  count,
  shape,
  scale,
});

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
