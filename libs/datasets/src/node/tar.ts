import { DataError } from '../errors.ts';

/** The files of an uncompressed tar archive (ustar), by name. Throws DataError `truncated`. */
export function tarFiles(archive: Uint8Array<ArrayBuffer>, name: string): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const text = new TextDecoder();
  const field = (from: number, length: number): string =>
    text.decode(archive.subarray(from, from + length)).split('\0', 1)[0] ?? '';
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const size = Number.parseInt(field(at + 124, 12).trim() || '0', 8);
    const from = at + 512;
    if (Number.isNaN(size) || from + size > archive.length) {
      throw new DataError('truncated', `${name} ends in the middle of ${field(at, 100)}. Fetch it again.`);
    }
    if (field(at + 156, 1) === '0') files.set(field(at, 100), archive.subarray(from, from + size));
    at = from + Math.ceil(size / 512) * 512;
  }
  return files;
}
