import { DataError } from './errors.ts';

/** Images of an IDX file, the format of MNIST and its relatives. */
export interface IdxImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** count · height · width bytes. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** Reads an IDX file of images: magic 0x00000803, three big-endian sizes, then bytes. Throws DataError. */
export function idxImages(file: Uint8Array<ArrayBuffer>, name: string): IdxImages {
  const [count, height, width] = sizes(file, name, 0x0803, 3);
  return { count, height, width, pixels: payload(file, name, 16, count * height * width) };
}

/** Reads an IDX file of labels: magic 0x00000801, one big-endian size, then bytes. Throws DataError. */
export function idxLabels(file: Uint8Array<ArrayBuffer>, name: string): Int32Array {
  const [count] = sizes(file, name, 0x0801, 1);
  return Int32Array.from(payload(file, name, 8, count));
}

function sizes(
  file: Uint8Array<ArrayBuffer>,
  name: string,
  magic: number,
  dimensions: number,
): [number, number, number] {
  if (file.length < 4 + 4 * dimensions) {
    throw new DataError(
      'truncated',
      `${name} is no IDX file: its header needs ${4 + 4 * dimensions} bytes, the file has ${file.length}. Fetch it again.`,
    );
  }
  const view = new DataView(file.buffer, file.byteOffset);
  const found = view.getUint32(0);
  if (found !== magic) {
    const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
    throw new DataError(
      'wrong-format',
      `${name}: an IDX file of ${dimensions === 3 ? 'images' : 'labels'} begins with ${hex(magic)}, this one with ${hex(found)}. Perhaps images and labels were swapped, or the file is still compressed.`,
    );
  }
  const size = (dimension: number): number => (dimension < dimensions ? view.getUint32(4 + 4 * dimension) : 1);
  return [size(0), size(1), size(2)];
}

function payload(file: Uint8Array<ArrayBuffer>, name: string, from: number, length: number): Uint8Array<ArrayBuffer> {
  if (file.length !== from + length) {
    const what = file.length < from + length ? 'truncated' : 'wrong-format';
    throw new DataError(
      what,
      `${name}: its header promises ${length} bytes of data, but ${file.length - from} follow. The file was cut or changed; fetch it again.`,
    );
  }
  return file.slice(from);
}
