import { DataError } from './errors.ts';

/** Labelled rows of one shape, one after another. Images are bytes until a batch is read. */
export interface Examples {
  /** count · rowLength values, row-major; images as height, width, channels. */
  readonly inputs: Uint8Array | Float32Array;
  /** Class of each row, from 0. */
  readonly labels: Int32Array;
  readonly count: number;
  readonly rowLength: number;
  readonly shape: readonly number[];
  /** Factor that brings inputs to [0, 1]. */
  readonly scale: number;
}

export interface Dataset {
  readonly name: string;
  /** `subset`: shipped with the software; `full`: complete; `own`: the user's files. */
  readonly variant: 'subset' | 'full' | 'own';
  readonly train: Examples;
  readonly test: Examples;
  readonly classNames: readonly string[];
  /** SHA-256 over inputs and labels of both parts: equal data, equal hash. */
  readonly hash: string;
  readonly licence: string;
}

/** Checks that the rows, labels and shape agree. Throws DataError. */
export function examplesFrom(
  inputs: Uint8Array | Float32Array,
  labels: Int32Array,
  {
    shape,
    scale,
    classes,
    name,
  }: { readonly shape: readonly number[]; readonly scale: number; readonly classes: number; readonly name: string },
): Examples {
  const rowLength = shape.reduce((product, n) => product * n, 1);
  const count = labels.length;
  if (inputs.length !== count * rowLength) {
    throw new DataError(
      'wrong-format',
      `${name}: ${count} labels need ${count} × ${rowLength} input values, but there are ${inputs.length}. Inputs and labels do not belong together.`,
    );
  }
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong !== -1) {
    throw new DataError(
      'wrong-label',
      `${name}: example ${wrong} has the label ${labels[wrong]}; allowed are 0 to ${classes - 1}. The file is damaged or of another data set.`,
    );
  }
  return { inputs, labels, count, rowLength, shape, scale };
}

/** Makes a dataset and computes its hash. */
export async function datasetFrom(parts: Omit<Dataset, 'hash'>): Promise<Dataset> {
  const digests = await Promise.all(
    [parts.train, parts.test].flatMap(({ inputs, labels }) => [sha256Hex(bytesOf(inputs)), sha256Hex(bytesOf(labels))]),
  );
  return { ...parts, hash: await sha256Hex(new TextEncoder().encode(digests.join('\n'))) };
}

const bytesOf = (array: Uint8Array | Float32Array | Int32Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);

/** SHA-256 in lower-case hexadecimal. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
