import * as tf from '@engram/engine/tf';
import { datasetFrom } from '@engram/datasets';
import type { Dataset, Examples } from '@engram/datasets';
import { normalizationOf, readPictures, requirePictures } from './pictures.ts';
import { applyStack, featureCount } from './stack.ts';
import type { Stack } from './stack.ts';

const rowsPerPass = 500;

export interface ExtractOptions {
  /** Told the share that is done, after every pass. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/**
 * A data set of pictures as one of features: every picture, normalised by the colours of the training part, goes through the
 * stack once. Throws DataError `wrong-format` for anything but colour pictures of 32 × 32.
 */
export async function extractFeatures(
  dataset: Dataset,
  stack: Stack,
  { onProgress }: ExtractOptions = {},
): Promise<Dataset> {
  const { train, test, name } = dataset;
  const normalization = normalizationOf(requirePictures(train, name), train.scale);
  const total = train.count + test.count;
  let done = 0;
  const part = async (examples: Examples): Promise<Examples> => {
    const pixels = requirePictures(examples, name);
    const inputs = new Float32Array(examples.count * featureCount);
    for (let from = 0; from < examples.count; from += rowsPerPass) {
      const rows = Int32Array.from({ length: Math.min(rowsPerPass, examples.count - from) }, (_, i) => from + i);
      const features = tf.tidy(() => applyStack(stack, readPictures(pixels, rows, examples.scale, normalization)));
      inputs.set(await features.data(), from * featureCount);
      features.dispose();
      done += rows.length;
      onProgress?.(done / total);
    }
    return { ...examples, inputs, rowLength: featureCount, shape: [featureCount], scale: 1 };
  };
  return datasetFrom({ ...dataset, train: await part(train), test: await part(test) });
}
