import { describe, expect, it } from 'vitest';
import { datasetFrom, examplesFrom } from './examples.ts';
import { decodeDataset, encodeDataset, loadEmbedded } from './index.ts';

const floats = () =>
  datasetFrom({
    name: 'ä',
    variant: 'own',
    licence: 'none',
    classNames: ['a', 'b'],
    train: examplesFrom(Float32Array.of(0.5, -1, 2, 3, 4, 5), Int32Array.of(0, 1), {
      shape: [3],
      scale: 0.2,
      classes: 2,
      name: 'ä',
    }),
    test: examplesFrom(Float32Array.of(7, 8, 9), Int32Array.of(1), { shape: [3], scale: 0.2, classes: 2, name: 'ä' }),
  });

describe('a stored data set', () => {
  it('is read as it was written, images and numbers', async () => {
    for (const dataset of [await loadEmbedded('digits'), await floats()])
      expect(await decodeDataset(encodeDataset(dataset), 'x')).toEqual(dataset);
  });

  it('is refused where it was cut or changed anywhere', async () => {
    const file = encodeDataset(await floats());
    for (const length of [0, 3, 60, file.length - 4])
      await expect(decodeDataset(file.slice(0, length), 'x')).rejects.toThrow(/x was cut short or changed/);
    const from = 4 + new DataView(file.buffer).getUint32(0, true);
    for (let at = from; at < file.length; at += 4) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(decodeDataset(changed, 'x'), `byte ${at}`).rejects.toThrow(/cut short or changed|has the label/);
    }
  });
});
