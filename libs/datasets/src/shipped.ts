/** The data sets in `data/`: their files, and what a stored pixel counts. */
export const shipped = {
  mnist: {
    train: [
      'mnist-train-1.pack',
      'mnist-train-2.pack',
      'mnist-train-3.pack',
      'mnist-train-4.pack',
      'mnist-train-5.pack',
    ],
    test: ['mnist-test.pack'],
    scale: 1 / 255,
    variant: 'subset',
    licence: 'CC BY-SA 3.0, Yann LeCun and Corinna Cortes',
  },
  digits: {
    train: ['digits-train.pack'],
    test: ['digits-test.pack'],
    scale: 1 / 16,
    variant: 'full',
    licence: 'CC BY 4.0, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository',
  },
} as const;

export type EmbeddedName = keyof typeof shipped;

/** A file in `data/`. */
export type AssetName = (typeof shipped)[EmbeddedName]['train' | 'test'][number];
