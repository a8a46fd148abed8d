/** One file of a data set: where it can be had and what it must be. */
export interface SourceFile {
  /** Path below the data folder; the same in ENGRAM_DATA and in the cache. Compressed with gzip. */
  readonly path: string;
  /** Addresses in the order in which they are tried. */
  readonly mirrors: readonly string[];
  /** SHA-256 and size of the content after decompression. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface IdxSource {
  readonly kind: 'idx';
  readonly trainImages: SourceFile;
  readonly trainLabels: SourceFile;
  readonly testImages: SourceFile;
  readonly testLabels: SourceFile;
}

/** Fixed-size records: label bytes, then 32 × 32 red, green and blue values. */
export interface CifarSource {
  readonly kind: 'cifar';
  readonly labelBytes: number;
  /** Which of the label bytes is the class. */
  readonly labelAt: number;
  readonly train: readonly SourceFile[];
  readonly test: readonly SourceFile[];
  /** The archive that holds all these files, and each one's name in it. */
  readonly archive: { readonly path: string; readonly mirrors: readonly string[]; readonly folder: string };
}

export interface CatalogueEntry {
  readonly title: string;
  readonly licence: string;
  readonly classNames: readonly string[];
  readonly source: IdxSource | CifarSource;
}

export type FullName = 'mnist' | 'fashion-mnist' | 'cifar10' | 'cifar100';

const idx = (
  folder: string,
  mirrors: readonly string[],
  files: readonly (readonly [string, number, string])[],
): IdxSource => {
  const [trainImages, trainLabels, testImages, testLabels] = files.map(([name, bytes, sha256]) => ({
    path: `${folder}/${name}.gz`,
    mirrors: mirrors.map((mirror) => `${mirror}${name}.gz`),
    sha256,
    bytes,
  }));
  if (!trainImages || !trainLabels || !testImages || !testLabels) throw new RangeError(`${folder} needs four files`);
  return { kind: 'idx', trainImages, trainLabels, testImages, testLabels };
};

const inArchive = (folder: string, name: string, bytes: number, sha256: string): SourceFile => ({
  path: `${folder}/${name}.gz`,
  mirrors: [],
  sha256,
  bytes,
});

export const catalogue: Readonly<Record<FullName, CatalogueEntry>> = {
  mnist: {
    title: 'MNIST, 60,000 + 10,000 handwritten digits, 28 × 28',
    licence: 'CC BY-SA 3.0, Yann LeCun and Corinna Cortes',
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    source: idx(
      'mnist',
      ['https://ossci-datasets.s3.amazonaws.com/mnist/', 'https://storage.googleapis.com/cvdf-datasets/mnist/'],
      [
        ['train-images-idx3-ubyte', 47040016, 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db'],
        ['train-labels-idx1-ubyte', 60008, '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5'],
        ['t10k-images-idx3-ubyte', 7840016, '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7'],
        ['t10k-labels-idx1-ubyte', 10008, 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2'],
      ],
    ),
  },
  'fashion-mnist': {
    title: 'Fashion-MNIST, 60,000 + 10,000 pictures of clothing, 28 × 28',
    licence: 'MIT, Zalando SE',
    classNames: ['T-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    source: idx(
      'fashion-mnist',
      [
        'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
        'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
      ],
      [
        ['train-images-idx3-ubyte', 47040016, 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888'],
        ['train-labels-idx1-ubyte', 60008, 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9'],
        ['t10k-images-idx3-ubyte', 7840016, '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b'],
        ['t10k-labels-idx1-ubyte', 10008, '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34'],
      ],
    ),
  },
  cifar10: {
    title: 'CIFAR-10, 50,000 + 10,000 colour pictures, 32 × 32',
    licence: 'none stated by the authors; cite Krizhevsky 2009',
    classNames: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    source: {
      kind: 'cifar',
      labelBytes: 1,
      labelAt: 0,
      train: [
        inArchive(
          'cifar10',
          'data_batch_1.bin',
          30730000,
          'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
        ),
        inArchive(
          'cifar10',
          'data_batch_2.bin',
          30730000,
          'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
        ),
        inArchive(
          'cifar10',
          'data_batch_3.bin',
          30730000,
          'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
        ),
        inArchive(
          'cifar10',
          'data_batch_4.bin',
          30730000,
          '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
        ),
        inArchive(
          'cifar10',
          'data_batch_5.bin',
          30730000,
          '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
        ),
      ],
      test: [
        inArchive(
          'cifar10',
          'test_batch.bin',
          30730000,
          '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
        ),
      ],
      archive: {
        path: 'cifar10/cifar-10-binary.tar.gz',
        mirrors: ['https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz'],
        folder: 'cifar-10-batches-bin',
      },
    },
  },
  cifar100: {
    title: 'CIFAR-100, 50,000 + 10,000 colour pictures in 100 classes, 32 × 32',
    licence: 'none stated by the authors; cite Krizhevsky 2009',
    classNames: [
      'apple',
      'aquarium fish',
      'baby',
      'bear',
      'beaver',
      'bed',
      'bee',
      'beetle',
      'bicycle',
      'bottle',
      'bowl',
      'boy',
      'bridge',
      'bus',
      'butterfly',
      'camel',
      'can',
      'castle',
      'caterpillar',
      'cattle',
      'chair',
      'chimpanzee',
      'clock',
      'cloud',
      'cockroach',
      'couch',
      'crab',
      'crocodile',
      'cup',
      'dinosaur',
      'dolphin',
      'elephant',
      'flatfish',
      'forest',
      'fox',
      'girl',
      'hamster',
      'house',
      'kangaroo',
      'keyboard',
      'lamp',
      'lawn mower',
      'leopard',
      'lion',
      'lizard',
      'lobster',
      'man',
      'maple',
      'motorcycle',
      'mountain',
      'mouse',
      'mushroom',
      'oak',
      'orange',
      'orchid',
      'otter',
      'palm',
      'pear',
      'pickup truck',
      'pine',
      'plain',
      'plate',
      'poppy',
      'porcupine',
      'possum',
      'rabbit',
      'raccoon',
      'ray',
      'road',
      'rocket',
      'rose',
      'sea',
      'seal',
      'shark',
      'shrew',
      'skunk',
      'skyscraper',
      'snail',
      'snake',
      'spider',
      'squirrel',
      'streetcar',
      'sunflower',
      'sweet pepper',
      'table',
      'tank',
      'telephone',
      'television',
      'tiger',
      'tractor',
      'train',
      'trout',
      'tulip',
      'turtle',
      'wardrobe',
      'whale',
      'willow',
      'wolf',
      'woman',
      'worm',
    ],
    source: {
      kind: 'cifar',
      labelBytes: 2,
      labelAt: 1,
      train: [
        inArchive(
          'cifar100',
          'train.bin',
          153700000,
          'f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29',
        ),
      ],
      test: [
        inArchive('cifar100', 'test.bin', 30740000, 'd8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a'),
      ],
      archive: {
        path: 'cifar100/cifar-100-binary.tar.gz',
        mirrors: ['https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz'],
        folder: 'cifar-100-binary',
      },
    },
  },
};
