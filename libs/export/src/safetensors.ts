import { z } from 'zod';
import { ExportError } from './errors.ts';

/** A tensor of 32-bit floats, row-major. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, PlainTensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const Header = z.record(
  z.string(),
  z.strictObject({
    dtype: z.literal('F32', 'only tensors of 32-bit floats are read'),
    shape: z.array(z.int().nonnegative()).readonly(),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
);

/**
 * The safetensors format (github.com/huggingface/safetensors): header length as little-endian uint64, a JSON header with
 * dtype, shape and byte range of each tensor, the data. The header is filled up with spaces so that the data are aligned to 8 bytes.
 */
export function encodeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { shape, values }]) => {
    const from = offset;
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [from, offset] }] as const;
  });
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + offset).fill(0x20, 8, 8 + headerLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(json, 8);
  let at = 8 + headerLength;
  for (const { values } of Object.values(tensors)) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/** Reads what `encodeSafetensors` or another writer of the format wrote. Throws ExportError `corrupt`. */
export function decodeSafetensors(file: Uint8Array): SafetensorsFile {
  if (file.length < 8) throw corrupt(`it has ${file.length} bytes`);
  const length = new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(file.length - 8)) throw corrupt(`its header of ${length} bytes does not fit into the file`);
  const dataFrom = 8 + Number(length);
  const { header, metadata } = readHeader(new TextDecoder().decode(file.subarray(8, dataFrom)));
  const data = file.subarray(dataFrom);
  const tensors = Object.entries(header).map(
    ([
      name,
      {
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      const bytes = 4 * shape.reduce((product, size) => product * size, 1);
      if (to - from !== bytes || to > data.length)
        throw corrupt(`tensor ${name} [${shape.join(',')}] does not fit into its bytes ${from} to ${to}`);
      return [name, { shape, values: new Float32Array(data.slice(from, to).buffer) }] as const;
    },
  );
  return { tensors: Object.fromEntries(tensors), metadata };
}

function readHeader(text: string): { header: z.infer<typeof Header>; metadata: Readonly<Record<string, string>> } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt('its header is not JSON', error);
  }
  const parsed = z.looseObject({ __metadata__: z.record(z.string(), z.string()).default({}) }).safeParse(json);
  if (!parsed.success) throw corrupt('its header is no list of tensors', parsed.error);
  const { __metadata__: metadata, ...rest } = parsed.data;
  const header = Header.safeParse(rest);
  if (!header.success) throw corrupt(z.prettifyError(header.error), header.error);
  return { header: header.data, metadata };
}

const corrupt = (why: string, cause?: unknown): ExportError =>
  new ExportError('corrupt', `This is no complete safetensors file: ${why}. Write or fetch it again.`, { cause });
