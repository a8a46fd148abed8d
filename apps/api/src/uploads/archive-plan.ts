import type { Entry } from 'yauzl';
import { kindOf } from './file-kinds.ts';
import { badUpload, tooLarge } from './limits.ts';
import type { UploadLimits } from './limits.ts';

/** A file of an archive, and where it goes. */
export interface PlannedEntry {
  readonly entry: Entry;
  /** Relative path of names that have all been checked. */
  readonly path: readonly string[];
  /** It is compressed once more, by gzip. */
  readonly gzip: boolean;
}

const hint = 'Make a plain zip archive of one folder per class with PNG or JPEG images in it, and nothing else.';
const fileType = 0o170000;
const regular = 0o100000;
const unix = 3;

/**
 * Decides from an archive's directory, before a byte is written, where each file goes: `class/image` below an optional folder
 * around everything, or the files of a CSV or IDX data set. Refuses whatever else an archive can hold.
 */
export function planArchive(entries: readonly Entry[], limits: UploadLimits): readonly PlannedEntry[] {
  const files = entries.filter((entry) => !entry.fileName.endsWith('/') && !isClutter(entry.fileName));
  const total = files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (total > limits.expandedBytes) throw tooLarge('The files of an archive, decompressed,', limits.expandedBytes);
  for (const entry of files) requirePlain(entry);
  const paths = withoutCommonFolder(files.map(({ fileName }) => fileName.split('/')));
  const planned = paths.map((path, i) => ({
    entry: files[i] as Entry,
    path: placeOf(path),
    gzip: path.length === 1 && isGzip(path[0]),
  }));
  const seen = new Set<string>();
  for (const { path } of planned) {
    // two names that differ in case only are one file on some systems
    const name = path.join('/').normalize('NFC').toLowerCase();
    if (seen.has(name)) throw badUpload(`The archive holds "${path.join('/')}" twice.`, hint);
    seen.add(name);
  }
  if (planned.length === 0) throw badUpload('The archive holds no files.', hint);
  return planned;
}

const isGzip = (name = ''): boolean => name.toLowerCase().endsWith('.gz');

/** What operating systems add on their own. */
const isClutter = (name: string): boolean =>
  name.startsWith('__MACOSX/') || /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name);

function requirePlain({
  fileName,
  externalFileAttributes,
  versionMadeBy,
  compressionMethod,
  generalPurposeBitFlag,
}: Entry): void {
  const mode = versionMadeBy >> 8 === unix ? (externalFileAttributes >>> 16) & fileType : regular;
  if (mode !== regular && mode !== 0)
    throw badUpload(`"${fileName}" in the archive is a link or a device, not a file.`, hint);
  if ((generalPurposeBitFlag & 1) !== 0) throw badUpload(`"${fileName}" in the archive is encrypted.`, hint);
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    throw badUpload(
      `"${fileName}" is compressed with method ${compressionMethod}; only "store" and "deflate" are read.`,
      hint,
    );
  }
}

/** One folder around everything is taken off; the folder of the only class is not. */
function withoutCommonFolder(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [top] = paths[0] ?? [];
  const wrapped =
    paths.every((path) => path[0] === top && path.length > 1) &&
    paths.some((path) => path.length > 2 || kindOf(path[1] ?? '') !== undefined);
  return wrapped ? paths.map((path) => path.slice(1)) : paths;
}

function placeOf(path: readonly string[]): readonly string[] {
  const name = path.join('/');
  for (const part of path) {
    if (part === '' || part.startsWith('.') || part.length > 120 || /[\p{Cc}<>:"|?*\\]/u.test(part)) {
      throw badUpload(`"${name}" in the archive has a name that is not used here.`, hint);
    }
  }
  if (path.length === 2) return path;
  const file = path.length === 1 ? kindOf(name) : undefined;
  if (file?.kind === 'csv') return ['data.csv'];
  if (file?.kind === 'idx') return [file.name];
  throw badUpload(`"${name}" in the archive is where no file is expected.`, hint);
}
