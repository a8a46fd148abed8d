import * as tf from '@engram/engine/tf';
import { ClError } from './errors.ts';
import type { Params } from './params.ts';
import { isTensor, isTypedArray } from './state.ts';

/**
 * A state as bytes, in the layout of the safetensors format: a little-endian uint64 header length, a JSON header with
 * dtype, shape and byte range of each tensor, then the data. The tree around the tensors stands in the header's
 * metadata, with a SHA-256 of everything else, so that a cut or changed file is refused.
 */
export async function encodeState(tree: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const blocks: { readonly dtype: string; readonly shape: readonly number[]; readonly bytes: Uint8Array }[] = [];
  const store = (dtype: string, shape: readonly number[], bytes: Uint8Array): string => {
    blocks.push({ dtype, shape, bytes });
    return String(blocks.length - 1);
  };
  const skeleton = async (value: unknown): Promise<unknown> => {
    if (isTensor(value)) {
      const data = await value.data();
      if (!(data instanceof Float32Array)) throw new TypeError(`only float32 tensors are saved, got ${value.dtype}`);
      return { $tensor: store('F32', value.shape, bytesOf(data)) };
    }
    if (isTypedArray(value)) return { $array: store(arrayTypes.nameOf(value), [value.length], bytesOf(value)) };
    if (Array.isArray(value)) return Promise.all(value.map(skeleton));
    if (value !== null && typeof value === 'object') {
      const members: Record<string, unknown> = {};
      for (const [key, member] of Object.entries(value)) members[key] = await skeleton(member);
      return members;
    }
    return value;
  };
  const text = JSON.stringify(await skeleton(tree));
  let offset = 0;
  const entries = blocks.map(({ dtype, shape, bytes }, i) => {
    const from = offset;
    offset += bytes.length;
    return [String(i), { dtype, shape, data_offsets: [from, offset] }] as const;
  });
  const data = joinBytes(blocks.map(({ bytes }) => bytes));
  const tensors = Object.fromEntries(entries);
  const sha256 = await checksum(JSON.stringify(tensors), text, data);
  const header = new TextEncoder().encode(JSON.stringify({ ...tensors, __metadata__: { tree: text, sha256 } }));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return joinBytes([length, header, data]);
}

/** The state that `encodeState` wrote; a Buffer is copied first, since its slices would share its memory. The caller owns its tensors. Throws ClError `corrupt-checkpoint`. */
export async function decodeState(file: Uint8Array): Promise<unknown> {
  const { tensors, tree, sha256, data } = readHeader(new Uint8Array(file));
  if ((await checksum(JSON.stringify(tensors), tree, data)) !== sha256) {
    throw corrupt('its checksum does not match its content');
  }
  const blockOf = (name: string): { dtype: string; shape: readonly number[]; bytes: Uint8Array<ArrayBuffer> } => {
    const entry = tensors[name];
    if (entry === undefined) throw corrupt(`tensor ${name} is missing`);
    return { dtype: entry.dtype, shape: entry.shape, bytes: data.slice(...entry.data_offsets) };
  };
  const revive = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(revive);
    if (value === null || typeof value !== 'object') return value;
    const { $tensor, $array } = value as { $tensor?: string; $array?: string };
    if ($tensor !== undefined) {
      const { shape, bytes } = blockOf($tensor);
      return tf.tensor(new Float32Array(bytes.buffer), [...shape]);
    }
    if ($array !== undefined) {
      const { dtype, bytes } = blockOf($array);
      return arrayTypes.revive(dtype, bytes);
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revive(member)] as const));
  };
  return revive(JSON.parse(tree));
}

const corrupt = (why: string): ClError =>
  new ClError(
    'corrupt-checkpoint',
    `This checkpoint cannot be used: ${why}. It was cut short or changed; use an earlier one, or start the run anew.`,
  );

interface Header {
  readonly tensors: Readonly<
    Record<
      string,
      { readonly dtype: string; readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }
    >
  >;
  readonly tree: string;
  readonly sha256: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

function readHeader(file: Uint8Array): Header {
  if (file.length < 8) throw corrupt(`it has ${file.length} bytes`);
  const length = Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true));
  if (length > file.length - 8) throw corrupt(`its header of ${length} bytes does not fit into ${file.length} bytes`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
  } catch {
    throw corrupt('its header is not JSON');
  }
  const { __metadata__: metadata, ...tensors } = header as Header['tensors'] & {
    readonly __metadata__?: { readonly tree: string; readonly sha256: string };
  };
  if (metadata === undefined) throw corrupt('it was not written by Engram');
  return { tensors, tree: metadata.tree, sha256: metadata.sha256, data: file.slice(8 + length) };
}

const arrayTypes = {
  nameOf: (value: Uint8Array | Float32Array | Int32Array): string =>
    value instanceof Uint8Array ? 'U8' : value instanceof Int32Array ? 'I32' : 'F32',
  revive: (dtype: string, bytes: Uint8Array<ArrayBuffer>): Uint8Array | Float32Array | Int32Array =>
    dtype === 'U8' ? bytes : dtype === 'I32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer),
};

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const checksum = (header: string, tree: string, data: Uint8Array): Promise<string> =>
  sha256Hex(joinBytes([new TextEncoder().encode(`${header}\n${tree}\n`), data]));

/** SHA-256 over the name, shape and bytes of every weight, in order. */
export async function weightsHash(params: Params): Promise<string> {
  const parts: Uint8Array[] = [];
  for (const [name, tensor] of Object.entries(params)) {
    parts.push(new TextEncoder().encode(`${name}[${tensor.shape.join(',')}]`), bytesOf(await tensor.data()));
  }
  return sha256Hex(joinBytes(parts));
}

const joinBytes = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** SHA-256 in lower-case hexadecimal. */
async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
