import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
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

  const encoded = (kind: 'png' | 'jpeg', width: number, pixels: readonly number[]): Promise<Buffer> => {
    const size = { width, height: pixels.length / width, channels: 1 } as const;
    const image = sharp(Uint8Array.from(pixels), { raw: size }).toColourspace('b-w');
    return (kind === 'png' ? image.png() : image.jpeg({ quality: 100 })).toBuffer();
  };

  const pixelsOf = (name: string, i: number): number[] =>
    Array.from({ length: 3 * 6 }, (_, p) => (p * 37 + i * 91 + name.length * 13) % 256);

  beforeEach(async () => {
    for (const name of ['apple', 'pear']) {
      await mkdir(join(folder, name));
      for (let i = 0; i < 5; i++)
        await writeFile(join(folder, name, `${i}.png`), await encoded('png', 3, pixelsOf(name, i)));
    }
  });

  it('is read from folders of PNG images, bit for bit', async () => {
    const dataset = await loadOwn(folder);
    expect(dataset.train.shape).toEqual([6, 3, 1]);
    expect([...dataset.test.inputs]).toEqual([...pixelsOf('apple', 4), ...pixelsOf('pear', 4)]);
  });

  it('is read from JPEG images too, as close as the format keeps them', async () => {
    const flat = Array.from({ length: 3 * 6 }, () => 100);
    await writeFile(join(folder, 'pear', '4.png'), await encoded('jpeg', 3, flat));
    const { test } = await loadOwn(folder);
    const jpeg = [...test.inputs.subarray(18)];
    expect(jpeg).toHaveLength(18);
    for (const value of jpeg) expect(Math.abs(value - 100)).toBeLessThan(3);
  });

  it('keeps colours and drops transparency, palettes and 16 bits included', async () => {
    await rm(join(folder, 'apple'), { recursive: true });
    await rm(join(folder, 'pear'), { recursive: true });
    const rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];
    const image = sharp(Uint8Array.from(rgb), { raw: { width: 2, height: 2, channels: 3 } });
    const files = [
      await image.clone().png().toBuffer(),
      await image.clone().ensureAlpha(0.5).png().toBuffer(),
      await image.clone().png({ palette: true }).toBuffer(),
      await image.clone().toColourspace('rgb16').png().toBuffer(),
      await image.clone().png({ progressive: true }).toBuffer(),
    ];
    for (const name of ['a', 'b']) {
      await mkdir(join(folder, name));
      for (const [i, file] of files.entries()) await writeFile(join(folder, name, `${i}.png`), file);
    }
    const { train, test } = await loadOwn(folder);
    expect(train.shape).toEqual([2, 2, 3]);
    for (let i = 0; i < 4; i++) expect([...train.inputs.subarray(i * 12, (i + 1) * 12)]).toEqual(rgb);
    expect([...test.inputs.subarray(0, 12)]).toEqual(rgb);
  });

  it.each([
    ['another size', () => encoded('png', 3, [1, 2, 3]), /has 1 × 3 × 1 values/],
    [
      'a file cut short',
      async () => (await encoded('png', 3, pixelsOf('x', 1))).subarray(0, 60),
      /cannot be read as an image/,
    ],
    [
      'a JPEG cut short',
      async () =>
        (
          await encoded(
            'jpeg',
            64,
            Array.from({ length: 4096 }, (_, i) => i % 251),
          )
        ).subarray(0, 700),
      /cannot be read as an image/,
    ],
    [
      'a text',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      /neither a PNG nor a JPEG/,
    ],
    [
      'an image of another kind',
      () =>
        sharp({ create: { width: 3, height: 6, channels: 3, background: 'red' } })
          .webp()
          .toBuffer(),
      /neither a PNG nor a JPEG/,
    ],
  ])('is refused where an image is %s', async (_, make, message) => {
    await writeFile(join(folder, 'pear', '4.png'), await make());
    await expect(loadOwn(folder)).rejects.toThrow(message);
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
