import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idxImages, idxLabels } from './idx.ts';
import { download } from './node/download.ts';
import { loadOwn } from './node/own.ts';
import { makeFolder } from './node/folders.ts';
import { loadDataset } from './node/load.ts';
import { tarFiles } from './node/tar.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 251));
const right = createHash('sha256').update(content).digest('hex');
const problemOf = async (path: string): Promise<string | undefined> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex') === right
    ? undefined
    : 'its checksum is wrong';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serving<Result>(answer: Answer, use: (address: string) => Promise<Result>): Promise<Result> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`http://127.0.0.1:${port}/file`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('folders', () => {
  it('makes all that are missing, and is content with one that is there', async () => {
    await makeFolder(join(folder, 'a', 'b', 'c'));
    await makeFolder(join(folder, 'a', 'b', 'c'));
    expect((await stat(join(folder, 'a', 'b', 'c'))).isDirectory()).toBe(true);
  });

  it('says what the system says, and ends, where nothing can be made', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file'))).rejects.toThrow(/EEXIST/);
    await expect(makeFolder(join(folder, 'file', 'below'))).rejects.toThrow(/ENOTDIR/);
    // Linux' own example of a folder that is there and takes no new name; elsewhere there is no such folder to make
    if (process.platform === 'linux') await expect(makeFolder('/proc/engram/runs')).rejects.toThrow(/ENOENT/);
  });
});

describe('download', () => {
  const target = (): string => join(folder, 'deep', 'file');

  it('takes the first mirror that has the right file, and leaves nothing else', async () => {
    const asked: string[] = [];
    await serving(
      ({ url = '' }, response) => {
        asked.push(url);
        if (url.endsWith('missing')) response.writeHead(404).end();
        else if (url.endsWith('wrong')) response.end('something else');
        else response.end(content);
      },
      (address) => download(target(), [`${address}/missing`, `${address}/wrong`, `${address}/right`], { problemOf }),
    );
    expect(asked.map((url) => url.split('/').at(-1))).toEqual(['missing', 'wrong', 'right']);
    expect(await readFile(target())).toEqual(content);
    expect(await readdir(join(folder, 'deep'))).toEqual(['file']);
  });

  it('goes on after a cut where it stopped', async () => {
    const ranges: (string | undefined)[] = [];
    const answer: Answer = ({ headers }, response) => {
      ranges.push(headers.range);
      if (headers.range === undefined) {
        response.writeHead(200, { 'content-length': content.length });
        // late enough for the part to be on the disk
        response.write(content.subarray(0, 2000), () => setTimeout(() => response.destroy(), 200));
      } else {
        response.writeHead(206).end(content.subarray(Number(/\d+/.exec(headers.range)?.[0])));
      }
    };
    await serving(answer, async (address) => {
      await expect(download(target(), [address], { problemOf })).rejects.toThrow(
        /could not be fetched.*Check the connection/,
      );
      await expect(readFile(target())).rejects.toThrow();
      await download(target(), [address], { problemOf });
    });
    expect(ranges).toEqual([undefined, 'bytes=2000-']);
    expect(await readFile(target())).toEqual(content);
  });

  it('starts over when the server does not know ranges', async () => {
    await mkdir(join(folder, 'deep'));
    await writeFile(`${target()}.part`, 'left over');
    await serving(
      (_, response) => response.end(content),
      (address) => download(target(), [address], { problemOf }),
    );
    expect(await readFile(target())).toEqual(content);
  });

  it('refuses a corrupt file and keeps no part of it', async () => {
    await serving(
      (_, response) => response.end('corrupt'),
      async (address) => {
        await expect(download(target(), [address], { problemOf })).rejects.toThrow(/checksum is wrong/);
      },
    );
    expect(await readdir(join(folder, 'deep'))).toEqual([]);
  });

  it('does not write what another process is writing', async () => {
    await mkdir(join(folder, 'deep'));
    await writeFile(`${target()}.lock`, '');
    await expect(download(target(), [], { problemOf })).rejects.toMatchObject({ code: 'busy' });
  });
});

describe('named data sets', () => {
  it('say what to do when they are not here and the network is forbidden', async () => {
    const options = { offline: true, dataDir: join(folder, 'none'), cacheDir: folder };
    await expect(loadDataset({ name: 'mnist', size: 'full' }, options)).rejects.toThrow(
      /not on this machine.*engram datasets pull mnist/,
    );
    await expect(loadDataset({ name: 'fashion-mnist', size: 'subset' }, options)).rejects.toThrow(
      /no subset.*--data full/,
    );
  });

  it('refuse a truncated and a mislabelled file', async () => {
    await mkdir(join(folder, 'mnist'));
    await writeFile(join(folder, 'mnist', 'train-images-idx3-ubyte.gz'), gzipSync(content).subarray(0, 100));
    const options = { offline: true, dataDir: folder, cacheDir: folder };
    await expect(loadDataset({ name: 'mnist', size: 'full' }, options)).rejects.toThrow(/cut short or damaged/);
    await writeFile(join(folder, 'mnist', 'train-images-idx3-ubyte.gz'), gzipSync(content));
    await expect(loadDataset({ name: 'mnist', size: 'full' }, options)).rejects.toThrow(
      /holds 5000 bytes, expected are 47040016/,
    );
  });

  it.skipIf(!process.env['ENGRAM_DATA'])('load the complete MNIST', async () => {
    const mnist = await loadDataset({ name: 'mnist', size: 'full' }, { offline: true });
    expect([mnist.train.count, mnist.test.count]).toEqual([60_000, 10_000]);
    expect(mnist.hash).toBe('c1bc2b8537817f8f99d34c2e326bfc384df642a5b06bb43fb110762a387678b6');
  });
});

describe('IDX files', () => {
  const header = (magic: number, ...sizes: number[]): number[] =>
    [magic, ...sizes].flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);

  it('are read', () => {
    expect(idxImages(Uint8Array.of(...header(0x803, 1, 1, 2), 7, 9), 'x')).toMatchObject({
      count: 1,
      height: 1,
      width: 2,
      pixels: Uint8Array.of(7, 9),
    });
    expect(idxLabels(Uint8Array.of(...header(0x801, 2), 3, 1), 'x')).toEqual(Int32Array.of(3, 1));
  });

  it.each([
    ['cut', Uint8Array.of(...header(0x803, 2, 1, 2), 7, 9), /promises 4 bytes of data, but 2 follow/],
    [
      'swapped',
      Uint8Array.of(...header(0x801, 8), 3, 1, 0, 0, 0, 0, 0, 0),
      /begins with 0x00000803, this one with 0x00000801/,
    ],
    ['empty', new Uint8Array(), /header needs 16 bytes, the file has 0/],
  ])('that are %s are refused', (_, file, message) => {
    expect(() => idxImages(file, 'images')).toThrow(message);
  });
});

describe('own data', () => {
  const csv = (text: string): Promise<string> => {
    const path = join(folder, 'own.csv');
    return writeFile(path, text).then(() => path);
  };

  it('is read from a CSV file, every fifth example of a class for testing', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => `${i % 2 === 0 ? 'cat' : 'dog'},${i},${-2 * i}`);
    const dataset = await loadOwn(await csv(['label,a,b', ...rows].join('\n')));
    expect(dataset.classNames).toEqual(['cat', 'dog']);
    expect([dataset.train.count, dataset.test.count]).toEqual([8, 2]);
    expect([...dataset.test.inputs]).toEqual([8, -16, 9, -18]);
    expect(dataset.train.scale).toBeCloseTo(1 / 18);
  });

  it.each([
    ['a,1\nb,x\n', /line 2, column 2: expected a number, got "x"/],
    ['a,1,2\nb,1\n', /line 2: 2 cells, the first row has 3/],
    ['only\n', /no rows of a label and numbers/],
    ['a,1\nb,2\n', /Class "a" .* has 1 examples; at least 5/],
  ])('in a CSV file like %j is refused with the place', async (text, message) => {
    await expect(loadOwn(await csv(text))).rejects.toThrow(message);
  });

  /** A grey PNG whose rows use the filters 0 to 4 in turn. */
  function png(width: number, pixels: readonly number[]): Buffer {
    const chunk = (type: string, data: Buffer): Buffer => {
      const body = Buffer.concat([Buffer.from(type), data]);
      const frame = Buffer.alloc(8);
      frame.writeUInt32BE(data.length, 0);
      frame.writeUInt32BE(crc32(body), 4);
      return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
    };
    const height = pixels.length / width;
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head[8] = 8;
    const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (pixels[y * width + x] ?? 0));
    const rows = Array.from({ length: height }, (_, y) => {
      const filter = y % 5;
      return [
        filter,
        ...Array.from({ length: width }, (_, x) => {
          const [left, above, corner] = [at(x - 1, y), at(x, y - 1), at(x - 1, y - 1)];
          const paeth = [left, above, corner].map((value) => Math.abs(left + above - corner - value));
          const nearest = [left, above, corner][paeth.indexOf(Math.min(...paeth))] ?? 0;
          return (at(x, y) - ([0, left, above, (left + above) >> 1, nearest][filter] ?? 0)) & 255;
        }),
      ];
    });
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }

  it('is read from folders of PNG images, with every filter of the format', async () => {
    const images = new Map<string, number[]>();
    for (const name of ['apple', 'pear']) {
      await mkdir(join(folder, name));
      for (let i = 0; i < 5; i++) {
        const pixels = Array.from({ length: 3 * 6 }, (_, p) => (p * 37 + i * 91 + name.length * 13) % 256);
        images.set(`${name}${i}`, pixels);
        await writeFile(join(folder, name, `${i}.png`), png(3, pixels));
      }
    }
    const dataset = await loadOwn(folder);
    expect(dataset.train.shape).toEqual([6, 3, 1]);
    expect([...dataset.test.inputs]).toEqual([...(images.get('apple4') ?? []), ...(images.get('pear4') ?? [])]);
    await writeFile(join(folder, 'pear', '4.png'), png(3, [1, 2, 3]));
    await expect(loadOwn(folder)).rejects.toThrow(/has 1 × 3 × 1 values/);
    await writeFile(join(folder, 'pear', '4.png'), png(3, [1, 2, 3]).subarray(0, 40));
    await expect(loadOwn(folder)).rejects.toThrow(/cannot be read as a PNG image: unexpected end of file/);
    await writeFile(join(folder, 'apple', '0.jpg'), 'x');
    await expect(loadOwn(folder)).rejects.toThrow(/0.jpg is not a PNG image/);
  });

  it('says what is expected when there is nothing', async () => {
    await expect(loadOwn(join(folder, 'nothing'))).rejects.toThrow(/There is no data at .* Expected are a CSV file/);
  });
});

it('a tar archive cut in the middle is refused', () => {
  const head = Buffer.alloc(512);
  head.write('a.bin');
  head.write('00000001000', 124);
  head.write('0', 156);
  const whole = new Uint8Array(Buffer.concat([head, Buffer.alloc(512, 7), Buffer.alloc(1024)]));
  expect(tarFiles(whole, 'x').get('a.bin')).toEqual(new Uint8Array(512).fill(7));
  expect(() => tarFiles(whole.slice(0, 700), 'x.tar')).toThrow(/x.tar ends in the middle of a.bin/);
});
