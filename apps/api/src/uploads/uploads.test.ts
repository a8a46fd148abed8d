import { loadEmbedded } from '@engram/datasets';
import { loadOwn } from '@engram/datasets/node';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { UploadLimits } from './limits.ts';
import { takeUpload } from './upload.ts';

const limits: UploadLimits = { bytes: 2_000_000, expandedBytes: 1_000_000, entries: 500, seconds: 30 };
type Content = Uint8Array | string;

let stored: Map<string, Uint8Array>;
let leftBefore: readonly string[];
let folder: string;
const left = async (): Promise<readonly string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('engram-upload-')).sort();
beforeEach(async () => {
  stored = new Map();
  leftBefore = await left();
  folder = await mkdtemp(join(tmpdir(), 'engram-uploads-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  // whatever a test has done, the working folder is gone
  expect(await left()).toEqual(leftBefore);
});

const store = {
  put: (bytes: Uint8Array) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    stored.set(sha256, bytes.slice());
    return Promise.resolve(sha256);
  },
};

async function* incoming(files: Readonly<Record<string, Content>>) {
  for (const [filename, content] of Object.entries(files)) {
    const bytes = Buffer.from(content as Uint8Array);
    // in small pieces, as from a network
    const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
      bytes.subarray(i * 1000, (i + 1) * 1000),
    );
    yield { filename, stream: Readable.from(pieces) };
    await Promise.resolve();
  }
}

const upload = (files: Readonly<Record<string, Content>>, own: Partial<UploadLimits> = {}) =>
  takeUpload(incoming(files), store, { ...limits, ...own }, new AbortController().signal);

async function zipOf(files: Readonly<Record<string, Content>>, options: { mode?: number } = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as Uint8Array), name, options);
  zip.end();
  return buffer(zip.outputStream);
}

/** Ten small grey images of two classes, as files. */
async function images(prefix = '', kind: 'png' | 'jpeg' = 'png'): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const name of ['cat', 'dog']) {
    for (let i = 0; i < 5; i++) {
      const pixels = Uint8Array.from({ length: 64 }, (_, p) => (p * 7 + i * 31 + name.length) % 256);
      const image = sharp(pixels, { raw: { width: 8, height: 8, channels: 1 } }).toColourspace('b-w');
      files[`${prefix}${name}/${i}.${kind}`] = await (kind === 'png' ? image.png() : image.jpeg()).toBuffer();
    }
  }
  return files;
}

const csvText = Array.from({ length: 10 }, (_, i) => `${i % 2 === 0 ? 'cat' : 'dog'},${i},${2 * i}`).join('\n');

function idxFiles(): Record<'train-images' | 'train-labels' | 't10k-images' | 't10k-labels', Buffer> {
  const numbers = (...values: number[]): Buffer => {
    const out = Buffer.alloc(4 * values.length);
    values.forEach((value, i) => out.writeUInt32BE(value, 4 * i));
    return out;
  };
  const part = (count: number): [Buffer, Buffer] => [
    Buffer.concat([numbers(0x803, count, 2, 2), Buffer.alloc(4 * count, 9)]),
    Buffer.concat([numbers(0x801, count), Buffer.from(Array.from({ length: count }, (_, i) => i % 3))]),
  ];
  const [[a, b], [c, d]] = [part(6), part(3)];
  return { 'train-images': a, 'train-labels': b, 't10k-images': c, 't10k-labels': d };
}

/** The data set as a worker reads it back from the stored parts. */
async function readBack(parts: readonly { readonly path: string; readonly sha256: string }[]) {
  for (const { path, sha256 } of parts) await writeFile(join(folder, path), stored.get(sha256) ?? '');
  return loadOwn(folder);
}

describe('an upload', () => {
  it.each(['png', 'jpeg'] as const)(
    'of a zip with a folder of %s images per class is the same data as the folder',
    async (kind) => {
      const files = await images('', kind);
      const checked = await upload({ 'pets.zip': await zipOf({ ...files, '__MACOSX/x': 'x', 'cat/.DS_Store': 'x' }) });
      expect(checked).toMatchObject({
        classNames: ['cat', 'dog'],
        shape: [8, 8, 1],
        trainExamples: 8,
        testExamples: 2,
      });
      const plain = join(folder, 'plain');
      for (const [name, content] of Object.entries(files)) {
        await mkdir(join(plain, name, '..'), { recursive: true });
        await writeFile(join(plain, name), content);
      }
      expect(checked.hash).toBe((await loadOwn(plain)).hash);
      await rm(plain, { recursive: true });
      expect((await readBack(checked.parts)).hash).toBe(checked.hash);
    },
  );

  it('of a zip may have one folder around everything', async () => {
    const inside = await upload({ 'pets.zip': await zipOf(await images('my pets/')) });
    expect(inside.hash).toBe((await upload({ 'pets.zip': await zipOf(await images()) })).hash);
  });

  it('of a CSV file, compressed or not, alone or in a zip, is the same data', async () => {
    const { hash, parts } = await upload({ 'data.csv': csvText });
    expect((await upload({ 'DATA.CSV.GZ': gzipSync(csvText) })).hash).toBe(hash);
    expect((await upload({ 'x.zip': await zipOf({ 'data.csv': csvText }) })).hash).toBe(hash);
    expect((await upload({ 'x.zip': await zipOf({ 'a/data.csv.gz': gzipSync(csvText) }) })).hash).toBe(hash);
    expect((await readBack(parts)).train.count).toBe(8);
  });

  it('of four IDX files, compressed or not, or a zip of them, is the same data', async () => {
    const files = idxFiles();
    const named = (suffix: string, change: (content: Buffer) => Buffer): Record<string, Buffer> =>
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [`${name}-idx3-ubyte${suffix}`, change(content)]),
      );
    const { hash, trainExamples } = await upload(named('', (content) => content));
    expect(trainExamples).toBe(6);
    expect((await upload(named('.gz', (content) => gzipSync(content)))).hash).toBe(hash);
    expect((await upload({ 'x.zip': await zipOf(named('.gz', (content) => gzipSync(content))) })).hash).toBe(hash);
  });

  it('is stored in parts that together are the data set', async () => {
    const { train } = await loadEmbedded('mnist');
    const count = 12_000;
    const images = Buffer.concat([
      Buffer.from([0, 0, 8, 3, 0, 0, count >> 8, count & 255, 0, 0, 0, 28, 0, 0, 0, 28]),
      Buffer.alloc(count * 784),
    ]);
    images.set(train.inputs, 16);
    const labels = Buffer.concat([
      Buffer.from([0, 0, 8, 1, 0, 0, count >> 8, count & 255]),
      Buffer.from(Array.from({ length: count }, (_, i) => i % 10)),
    ]);
    const checked = await upload(
      {
        'train-images.gz': gzipSync(images),
        'train-labels': labels,
        't10k-images': idxOf(10),
        't10k-labels': labelsOf(10),
      },
      { bytes: 9_000_000, expandedBytes: 20_000_000 },
    );
    expect(checked.parts).toHaveLength(2);
    expect((await readBack(checked.parts)).hash).toBe(checked.hash);
  });
});

const idxOf = (count: number): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28]), Buffer.alloc(count * 784)]);
const labelsOf = (count: number): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 8, 1, 0, 0, 0, count]),
    Buffer.from(Array.from({ length: count }, (_, i) => i % 10)),
  ]);

describe('a hostile or broken upload', () => {
  const refused = async (
    files: Readonly<Record<string, Content>>,
    message: RegExp,
    own: Partial<UploadLimits> = {},
  ) => {
    const error = await upload(files, own).then(
      () => undefined,
      (thrown: unknown) => thrown as { message: string; hint: string; name: string },
    );
    expect(error).toMatchObject({ name: 'ServiceError' });
    expect(error?.message).toMatch(message);
    expect(`${error?.message} ${error?.hint}`).not.toContain(tmpdir());
    expect(error?.hint).toBeTruthy();
    expect(stored.size).toBe(0);
  };

  /** A zip in which a file name has been changed to one of the same length, in both places where it stands. */
  async function renamed(from: string, to: string): Promise<Buffer> {
    const zip = await zipOf({ [from]: 'x', 'cat/1.png': 'x' });
    for (let at = zip.indexOf(from); at !== -1; at = zip.indexOf(from, at + 1)) zip.write(to, at);
    return zip;
  }

  it.each([
    ['with a path out of the folder', '../../evil.png', /invalid relative path/],
    ['with an absolute path', '/etc/cron.dpng', /absolute path/],
    ['with backslashes', 'a\\..\\..\\b.png', /invalid characters in fileName|invalid relative path/],
    ['with a drive', 'C:/windows/pn', /absolute path/],
    ['with a NUL in a name', 'cat/\0vil00.png', /name that is not used/],
    ['with a hidden file', 'cat/.ssh-k.png', /name that is not used/],
    ['with a stream name', 'cat/a:b:c.png', /name that is not used/],
    ['with deep folders', 'a/b/c/d/ee.png', /where no file is expected/],
  ])('of a zip %s is refused', async (_, name, message) => {
    await refused({ 'x.zip': await renamed('q'.repeat(name.length), name) }, message);
    expect(await readdir(folder)).toEqual([]);
  });

  it('of a zip with a symbolic link is refused', () =>
    zipOf({ 'cat/0.png': '/etc/passwd' }, { mode: 0o120777 }).then((zip) =>
      refused({ 'x.zip': zip }, /"cat\/0.png" in the archive is a link/),
    ));

  it('of a zip with one file twice, or in two spellings, is refused', async () => {
    await refused({ 'x.zip': await renamed('cat/2.png', 'cat/1.png') }, /holds "cat\/1.png" twice/);
    await refused({ 'x.zip': await zipOf({ 'cat/a.png': 'x', 'CAT/A.PNG': 'x' }) }, /twice/);
  });

  it('of a zip bomb is refused by what it promises, and by what comes out when it lies', async () => {
    const bomb = await zipOf({ 'cat/0.png': Buffer.alloc(3_000_000) });
    expect(bomb.length).toBeLessThan(10_000);
    await refused({ 'x.zip': bomb }, /1000000 bytes in all/);
    const lying = Buffer.from(bomb);
    const central = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(100, central + 24);
    await refused({ 'x.zip': lying }, /too many bytes in the stream/);
  });

  it('of a gzip bomb is refused while it is expanded, in a zip too', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, '1'));
    await refused({ 'data.csv.gz': bomb }, /decompressed, may have 1000000 bytes/);
    await refused({ 'x.zip': await zipOf({ 'data.csv.gz': bomb }) }, /decompressed, may have 1000000 bytes/);
  });

  it('of more than the limit is cut off on the way, not at its end', async () => {
    let sent = 0;
    const endless = new Readable({
      read() {
        sent += 65_536;
        this.push(Buffer.alloc(65_536, 'a'));
      },
    });
    const files = (async function* () {
      yield { filename: 'data.zip', stream: endless };
      await Promise.resolve();
    })();
    await expect(takeUpload(files, store, limits, new AbortController().signal)).rejects.toThrow(/2000000 bytes/);
    expect(sent).toBeLessThan(4_000_000);
    expect(endless.destroyed).toBe(true);
  });

  it('of too many entries is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`cat/${i}.png`, 'x']));
    await refused({ 'x.zip': await zipOf(many) }, /501 entries; at most 500/);
  });

  it('of images that would be huge when decoded is refused', async () => {
    const wide = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: 'red' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const files = Object.fromEntries(
      ['a', 'b'].flatMap((name) => [0, 1, 2, 3, 4].map((i) => [`${name}/${i}.png`, wide])),
    );
    await refused({ 'x.zip': await zipOf(files) }, /pixel limit/, { bytes: 20_000_000, expandedBytes: 20_000_000 });
  });

  it.each([
    ['nothing', {}, /has no file/],
    ['a program', { 'x.exe': 'MZ' }, /"x.exe" is no file of a data set/],
    ['a text that calls itself a zip', { 'x.zip': 'hello' }, /archive cannot be read/],
    ['a CSV that is none', { 'x.csv': '\0\x01\x02' }, /no rows of a label and numbers/],
    ['a CSV with a wrong cell', { 'x.csv': `${csvText}\ncat,1,x` }, /^data.csv, line 11|^the upload, line 11/],
    ['a gzip that is none', { 'x.csv.gz': csvText }, /cannot be decompressed: incorrect header check/],
    ['a gzip cut short', { 'x.csv.gz': gzipSync(csvText).subarray(0, -9) }, /cannot be decompressed: unexpected end/],
    ['two CSV files', { 'a.csv': csvText, 'b.csv': csvText }, /does not go together/],
    ['a CSV beside an IDX file', { 'a.csv': csvText, 'train-images': 'x' }, /does not go together/],
    ['one IDX file of four', { 'train-images': idxFiles()['train-images'] }, /no IDX file of/],
    [
      'an IDX file cut short',
      { ...idxFiles(), 'train-images': idxFiles()['train-images'].subarray(0, -1) },
      /header promises 24 bytes/,
    ],
    [
      'images and labels swapped',
      { ...idxFiles(), 'train-images': idxFiles()['train-labels'] },
      /header needs|begins with/,
    ],
  ] as const)('of %s is refused', (_, files, message) => refused(files, message));

  it('of a zip cut short anywhere is refused', async () => {
    const zip = await zipOf(await images());
    for (const share of [0.1, 0.5, 0.9, 0.99])
      await refused({ 'x.zip': zip.subarray(0, Math.floor(share * zip.length)) }, /archive cannot be read/);
    const middle = Buffer.concat([zip.subarray(0, 300), zip.subarray(420)]);
    await refused({ 'x.zip': middle }, /archive cannot be read/);
  });

  it('of images of which one is a text is refused, with its name in the upload', async () => {
    await refused(
      { 'x.zip': await zipOf({ ...(await images()), 'dog/3.png': 'hello' }) },
      /^dog\/3.png is neither a PNG nor a JPEG/,
    );
  });

  it('that is given up, or takes too long, leaves nothing', async () => {
    const controller = new AbortController();
    const files = (async function* () {
      yield { filename: 'data.csv', stream: new Readable({ read: () => setTimeout(() => controller.abort(), 20) }) };
      await Promise.resolve();
    })();
    await expect(takeUpload(files, store, limits, controller.signal)).rejects.toThrow(/abort/i);
    await refused({ 'data.csv': csvText }, /could not be read within 0.001 seconds/, { seconds: 0.001 });
  });
});
