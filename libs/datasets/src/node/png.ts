import { inflateSync } from 'node:zlib';
import { DataError } from '../errors.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for colour; transparency is dropped. */
  readonly channels: 1 | 3;
  /** height · width · channels bytes. */
  readonly pixels: Uint8Array;
}

/** Bytes per pixel in the file, by PNG colour type: grey, colour, grey + alpha, colour + alpha. */
const samples: Readonly<Record<number, 1 | 2 | 3 | 4>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** Decodes a PNG of 8 bits per channel, not interlaced, without a palette (PNG specification, third edition). Throws DataError. */
export function decodePng(file: Uint8Array<ArrayBuffer>, name: string): Picture {
  const bad = (why: string): DataError =>
    new DataError('wrong-format', `${name} cannot be read as a PNG image: ${why}. Save it again as plain 8-bit PNG.`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 33 || view.getUint32(0) !== 0x89504e47) throw bad('it does not begin as one');
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const [depth, colour, , , interlaced] = file.subarray(24, 29);
  const perPixel = samples[colour ?? -1];
  if (depth !== 8 || perPixel === undefined || interlaced !== 0)
    throw bad('it is interlaced, has a palette, or has other than 8 bits per channel');
  if (width * height > 2 ** 26) throw bad(`it claims ${width} × ${height} pixels`);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (at + 12 + length > file.length) throw bad('it is cut short');
    if (type === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  let filtered: Uint8Array;
  try {
    filtered = inflateSync(Buffer.concat(parts), { maxOutputLength: height * (width * perPixel + 1) });
  } catch (error) {
    throw bad(error instanceof Error ? error.message : 'its data is damaged');
  }
  const stride = width * perPixel;
  if (filtered.length !== height * (stride + 1)) throw bad('it holds fewer pixels than it says');
  const raw = unfilter(filtered, height, stride, perPixel);
  const channels = perPixel >= 3 ? 3 : 1;
  const pixels = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++)
      pixels[pixel * channels + channel] = raw[pixel * perPixel + channel] ?? 0;
  }
  return { width, height, channels, pixels };
}

/** Undoes the filter of each row: 0 none, 1 left, 2 above, 3 mean of both, 4 Paeth. */
function unfilter(filtered: Uint8Array, height: number, stride: number, perPixel: number): Uint8Array {
  const raw = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const value = filtered[y * (stride + 1) + 1 + x] ?? 0;
      const left = x >= perPixel ? (raw[y * stride + x - perPixel] ?? 0) : 0;
      const above = y > 0 ? (raw[(y - 1) * stride + x] ?? 0) : 0;
      const corner = x >= perPixel && y > 0 ? (raw[(y - 1) * stride + x - perPixel] ?? 0) : 0;
      raw[y * stride + x] = value + predicted(filter ?? 0, left, above, corner);
    }
  }
  return raw;
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const estimate = left + above - corner;
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)];
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
    default:
      return 0;
  }
}
