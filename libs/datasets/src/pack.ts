import { DataError } from './errors.ts';

/** Byte images and labels of one shard. */
export interface PackedImages {
  readonly height: number;
  readonly width: number;
  /** One byte each. */
  readonly labels: Uint8Array;
  readonly pixels: Uint8Array;
}

/**
 * A compact, lossless form for images that are mostly 0: count (uint32), height, width (uint16, little-endian), then
 * raw-deflated labels, one bit per pixel (not 0?), and the pixels that are not 0.
 */
export async function packImages({ height, width, labels, pixels }: PackedImages): Promise<Uint8Array<ArrayBuffer>> {
  const mask = new Uint8Array(Math.ceil(pixels.length / 8));
  pixels.forEach((value, i) => {
    if (value !== 0) mask[i >> 3] = (mask[i >> 3] ?? 0) | (1 << (i & 7));
  });
  const inked = pixels.filter((value) => value !== 0);
  const body = await piped(
    new Blob([labels, mask, inked].map((part) => part.slice())),
    new CompressionStream('deflate-raw'),
  );
  const file = new Uint8Array(8 + body.length);
  const header = new DataView(file.buffer);
  header.setUint32(0, labels.length, true);
  header.setUint16(4, height, true);
  header.setUint16(6, width, true);
  file.set(body, 8);
  return file;
}

/** Reads what `packImages` wrote. Throws DataError `truncated` for a damaged shard. */
export async function unpackImages(file: Uint8Array<ArrayBuffer>, name: string): Promise<PackedImages> {
  const damaged = (cause?: unknown): DataError =>
    new DataError('truncated', `The embedded data ${name} is damaged; install the software again.`, { cause });
  if (file.length < 8) throw damaged();
  const header = new DataView(file.buffer, file.byteOffset);
  const count = header.getUint32(0, true);
  const height = header.getUint16(4, true);
  const width = header.getUint16(6, true);
  const pixels = new Uint8Array(count * height * width);
  const body = await piped(new Blob([file.subarray(8)]), new DecompressionStream('deflate-raw')).catch(
    (error: unknown) => {
      throw damaged(error);
    },
  );
  const mask = body.subarray(count, count + Math.ceil(pixels.length / 8));
  let ink = count + mask.length;
  for (let i = 0; i < pixels.length; i++) {
    if (((mask[i >> 3] ?? 0) >> (i & 7)) & 1) pixels[i] = body[ink++] ?? 0;
  }
  if (ink !== body.length) throw damaged();
  return { height, width, labels: body.slice(0, count), pixels };
}

const piped = async (
  blob: Blob,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(blob.stream().pipeThrough(transform)).arrayBuffer());
