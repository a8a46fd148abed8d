import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { DataError } from '../errors.ts';
import { catalogue } from './catalogue.ts';
import type { CifarSource, FullName, SourceFile } from './catalogue.ts';
import { download } from './download.ts';
import type { DownloadProgress } from './download.ts';
import { cacheFolder, dataFolder, makeFolder } from './folders.ts';
import { tarFiles } from './tar.ts';

export interface StoreOptions {
  /** Never ask the network. */
  readonly offline?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Default: ENGRAM_DATA. */
  readonly dataDir?: string | undefined;
  /** Default: ENGRAM_CACHE or the operating system's. */
  readonly cacheDir?: string | undefined;
}

/** The content of one file of a data set, checked: from the user's folder, the cache or, if allowed, the network. */
export async function sourceContent(
  name: FullName,
  file: SourceFile,
  options: StoreOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const folders = foldersOf(options);
  for (const folder of folders) {
    const content = await readIfThere(folder, file);
    if (content !== undefined) return checked(content, file, join(folder, file.path));
  }
  if (options.offline) {
    throw new DataError(
      'offline',
      `${file.path} is not on this machine (looked in ${folders.join(' and ')}) and the network is not to be used. Run "engram datasets pull ${name}" when online, point ENGRAM_DATA to a folder that has it, or use --data subset where there is one.`,
    );
  }
  await fetchFile(name, file, options);
  const content = await readIfThere(cacheOf(options), file);
  if (content === undefined)
    throw new DataError('not-found', `${file.path} was fetched but cannot be read from ${cacheOf(options)}.`);
  return checked(content, file, join(cacheOf(options), file.path));
}

/** Where each file of a data set is, and whether its content is right. */
export async function sourceState(
  file: SourceFile,
  options: StoreOptions,
): Promise<{ readonly path: string; readonly problem: string | undefined } | undefined> {
  for (const folder of foldersOf(options)) {
    const path = join(folder, file.path);
    try {
      const content = await readIfThere(folder, file);
      if (content !== undefined) return { path, problem: problemOf(content, file) };
    } catch (error) {
      return { path, problem: error instanceof Error ? error.message : String(error) };
    }
  }
  return undefined;
}

export const cacheOf = ({ cacheDir }: StoreOptions): string => cacheDir ?? cacheFolder();

const foldersOf = (options: StoreOptions): readonly string[] => {
  const own = options.dataDir ?? dataFolder();
  return own === undefined ? [cacheOf(options)] : [own, cacheOf(options)];
};

/** A file, compressed or not. */
async function readIfThere(folder: string, file: SourceFile): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const path = join(folder, file.path);
  const compressed = await readOrUndefined(path);
  if (compressed !== undefined) return unzipped(compressed, path);
  const plain = await readOrUndefined(path.replace(/\.gz$/, ''));
  return plain && new Uint8Array(plain);
}

const readOrUndefined = async (path: string): Promise<Buffer<ArrayBuffer> | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
};

async function unzipped(compressed: Uint8Array, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await promisify(gunzip)(compressed));
  } catch (error) {
    throw new DataError(
      'truncated',
      `${path} is cut short or damaged: it cannot be decompressed. Remove it and fetch it again.`,
      { cause: error },
    );
  }
}

function problemOf(content: Uint8Array, { bytes, sha256 }: SourceFile): string | undefined {
  if (content.length !== bytes) return `it holds ${content.length} bytes, expected are ${bytes}`;
  const found = createHash('sha256').update(content).digest('hex');
  return found === sha256 ? undefined : `its SHA-256 is ${found.slice(0, 12)}…, expected is ${sha256.slice(0, 12)}…`;
}

function checked(content: Uint8Array<ArrayBuffer>, file: SourceFile, path: string): Uint8Array<ArrayBuffer> {
  const problem = problemOf(content, file);
  if (problem === undefined) return content;
  throw new DataError(
    'wrong-checksum',
    `${path} is not the file it should be: ${problem}. Remove it and fetch it again.`,
  );
}

async function fetchFile(name: FullName, file: SourceFile, options: StoreOptions): Promise<void> {
  const { source } = catalogue[name];
  if (source.kind === 'cifar') return fetchArchive(source, options);
  await download(join(cacheOf(options), file.path), file.mirrors, {
    ...options,
    problemOf: async (part) => {
      try {
        return problemOf(await unzipped(await readFile(part), part), file);
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  });
}

/** Fetches the archive and stores each of its files by itself. */
async function fetchArchive({ archive, train, test }: CifarSource, options: StoreOptions): Promise<void> {
  const path = join(cacheOf(options), archive.path);
  await download(path, archive.mirrors, {
    ...options,
    problemOf: async (part) => {
      try {
        tarFiles(await unzipped(await readFile(part), part), part);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  });
  const files = tarFiles(await unzipped(await readFile(path), path), path);
  for (const file of [...train, ...test]) {
    const inside = `${archive.folder}/${file.path.split('/').at(-1)?.replace(/\.gz$/, '') ?? ''}`;
    const content = files.get(inside);
    if (content === undefined)
      throw new DataError('wrong-format', `${path} has no ${inside}; it is another archive than expected.`);
    const target = join(cacheOf(options), file.path);
    checked(content, file, target);
    await writeWhole(target, await promisify(gzip)(content, { level: 6 }));
  }
}

/** Writes under another name first, so that nobody ever reads half a file. */
async function writeWhole(target: string, content: Uint8Array): Promise<void> {
  await makeFolder(dirname(target));
  await writeFile(`${target}.part`, content);
  await rename(`${target}.part`, target);
}
