import { mlp } from '@engram/cl-core';
import type { RunRecord } from '@engram/contracts';
import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { buildSpec, runExperiment } from '@engram/experiment';
import type { SpecRequest, TrainedModel } from '@engram/experiment';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, ExportError, exportModel } from './index.ts';
import type { ExportedFile } from './index.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

interface Trained {
  readonly model: TrainedModel;
  readonly record: RunRecord;
}

async function trained(request: Partial<SpecRequest>, signal?: AbortSignal): Promise<Trained> {
  const { spec } = buildSpec({
    preset: 'split-mnist',
    scenario: 'task',
    data: 'digits',
    iterations: 20,
    batch: 16,
    hidden: [12, 9],
    ...request,
  });
  const models: TrainedModel[] = [];
  const records: RunRecord[] = [];
  const environment = {
    engine: await useEngine('auto'),
    loadDataset: () => loadEmbedded('digits'),
    software: { version: '0.0.0', commit: null },
  };
  const events = runExperiment(spec, {
    seed: 1,
    environment,
    saveModel: (saved) => {
      models.push(saved);
      return Promise.resolve();
    },
    ...(signal === undefined ? {} : { signal }),
  });
  for await (const event of events) if ('record' in event) records.push(event.record);
  const [model] = models;
  const [record] = records;
  if (model === undefined || record === undefined) throw new Error('the run gave no model');
  return { model, record };
}

/** Loads model.json and weights.bin of a folder as anyone with TensorFlow.js would. */
async function load(files: readonly ExportedFile[], folder = ''): Promise<tf.LayersModel> {
  const content = (name: string) => files.find(({ path }) => path === `${folder}${name}`)?.content;
  const bytes = content('weights.bin') as Uint8Array<ArrayBuffer>;
  const json = JSON.parse(content('model.json') as string) as tf.io.ModelJSON;
  const artifacts = await tf.io.getModelArtifactsForJSON(json, (manifest) =>
    Promise.resolve([manifest.flatMap(({ weights }) => weights), bytes.buffer] as [
      tf.io.WeightsManifestEntry[],
      ArrayBuffer,
    ]),
  );
  return tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

/** Test accuracy of a task with a loaded model, as the model card tells to compute it. */
async function accuracyOf(loaded: tf.LayersModel, { info }: TrainedModel, task: number): Promise<number> {
  const dataset = await loadEmbedded('digits');
  const { units, classes } = info.tasks[task] as TrainedModel['info']['tasks'][number];
  const unitOf = new Map(classes.map(({ unit, name }) => [name, unit]));
  const { inputs, labels, rowLength, scale } = dataset.test;
  const rows = [...labels.keys()].filter((i) => unitOf.has(dataset.classNames[labels[i] ?? -1] ?? ''));
  const x = tf.tensor2d(
    rows.map((i) => Array.from(inputs.subarray(i * rowLength, (i + 1) * rowLength), (value) => value * scale)),
  );
  const logits = (await (loaded.predict(x) as tf.Tensor2D).array()).map((row) => row.slice(units.from, units.to));
  const right = logits.filter((row, n) => {
    const label = unitOf.get(dataset.classNames[labels[rows[n] ?? -1] ?? -1] ?? '') ?? -1;
    return units.from + row.indexOf(Math.max(...row)) === label;
  });
  return right.length / rows.length;
}

/** The largest difference between a loaded model's logits and those of the learner's own network, gates applied as in training. */
function difference(loaded: tf.LayersModel, { networks }: TrainedModel, task: number): number {
  const network = networks.tasks[task] as TrainedModel['networks']['tasks'][number];
  const weights = networks.weights[network.weights] ?? {};
  return tf.tidy(() => {
    const params = Object.fromEntries(
      Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const),
    );
    const gates = network.gates && {
      layers: network.gates.layers.map((layer) => tf.tensor1d(layer)),
      position: network.gates.position,
    };
    const x = tf.randomUniform<tf.Rank.R2>([50, 64], 0, 1, 'float32', 7);
    const own = mlp({ inputs: 64, hidden: [12, 9], outputs: 10 }).logits(params, x, gates);
    return tf.max(tf.abs(tf.sub(own, loaded.predict(x) as tf.Tensor))).dataSync()[0] ?? NaN;
  });
}

let ewc: Trained;
beforeAll(async () => {
  ewc = await trained({ strategy: 'ewc' });
});

describe('layers', () => {
  it('are loaded by tf.loadLayersModel and answer every task as the run did', async () => {
    const files = exportModel(encodeModel(ewc.model), ewc.record, { format: 'layers' });
    expect(files.map(({ path }) => path)).toEqual(['model.json', 'weights.bin', 'README.md']);
    const loaded = await load(files);
    expect(difference(loaded, ewc.model, 0)).toBeLessThan(1e-5);
    for (const [task, expected] of (ewc.record.matrix.at(-1) ?? []).entries())
      expect(await accuracyOf(loaded, ewc.model, task)).toBeCloseTo(expected, 10);
  });

  it.each(['after-activation', 'before-bias'])(
    'carry gates %s in their weights, one model per task',
    async (position) => {
      const { model, record } = await trained({
        strategy: 'xdg',
        set: [`strategies.xdg.position=${position}`, 'strategies.xdg.gatedFraction=0.5'],
      });
      const files = exportModel(encodeModel(model), record, { format: 'layers' });
      expect(files.filter(({ path }) => path.endsWith('model.json'))).toHaveLength(5);
      for (const [task, expected] of (record.matrix.at(-1) ?? []).entries())
        expect(await accuracyOf(await load(files, `task-${task + 1}/`), model, task)).toBeCloseTo(expected, 10);
      const [gated, bare] = [
        model,
        {
          ...model,
          networks: { ...model.networks, tasks: model.networks.tasks.map((own) => ({ ...own, gates: undefined })) },
        },
      ].map((one) => exportModel(encodeModel(one), record, { format: 'layers', task: 0 }));
      expect(gated?.[1]?.content).not.toEqual(bare?.[1]?.content);
    },
  );

  it('have a network for each task where the strategy keeps one', async () => {
    const { model, record } = await trained({ strategy: 'separate-networks' });
    const files = exportModel(encodeModel(model), record, { format: 'layers' });
    for (const [task, expected] of (record.matrix.at(-1) ?? []).entries()) {
      const loaded = await load(files, `task-${task + 1}/`);
      expect(difference(loaded, model, task)).toBeLessThan(1e-5);
      expect(await accuracyOf(loaded, model, task)).toBeCloseTo(expected, 10);
    }
  });

  it('refuse a task that there is not, and more than 1 GiB', async () => {
    const { model, record } = await trained({ strategy: 'separate-networks' });
    expect(() => exportModel(encodeModel(model), record, { format: 'layers', task: 5 })).toThrow(
      /no task 6.*learned 5/,
    );
    const [own] = model.networks.tasks;
    const wide = { kernel0: { shape: [1, 1 << 22], values: new Float32Array(1 << 22) } };
    if (own === undefined) throw new Error('no task');
    const tasks = Array.from({ length: 100 }, (_, k) => ({ ...own, weights: k === 0 ? 1 : 0 }));
    const infoTasks = tasks.map(({ weights }) => ({
      ...(model.info.tasks[0] as TrainedModel['info']['tasks'][number]),
      weights,
    }));
    const many = { info: { ...model.info, tasks: infoTasks }, networks: { weights: [wide, wide], tasks } };
    expect(() => exportModel(encodeModel(many), record, { format: 'layers' })).toThrow(
      /1600 MiB; the limit is 1024.*Choose one task/,
    );
  });
});

describe('safetensors', () => {
  it('hold the weights bit for bit', () => {
    const [file] = exportModel(encodeModel(ewc.model), ewc.record, { format: 'safetensors' });
    const bytes = file?.content as Uint8Array;
    const headerLength = new DataView(bytes.buffer).getUint32(0, true);
    expect(headerLength % 8).toBe(0);
    // read by hand, as the format's definition says
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as Record<
      string,
      { dtype: string; shape: number[]; data_offsets: [number, number] }
    >;
    const [weights] = ewc.model.networks.weights;
    for (const [name, { shape, values }] of Object.entries(weights ?? {})) {
      const entry = header[`network0.${name}`];
      expect(entry).toMatchObject({ dtype: 'F32', shape });
      const [from = 0, to = 0] = entry?.data_offsets ?? [];
      expect(new Float32Array(bytes.slice(8 + headerLength + from, 8 + headerLength + to).buffer)).toEqual(values);
    }
    expect(decodeModel(bytes)).toEqual(ewc.model);
  });

  it.each([
    ['nothing', new Uint8Array(3), /has 3 bytes/],
    ['a header longer than the file', Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 1]), /does not fit/],
    ['no JSON', Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7b]), /not JSON/],
    ['no model', encodeSafetensors({ tensors: {}, metadata: {} }), /does not say what its weights are/],
  ])('are refused where they are %s', (_, bytes, message) => {
    expect(() => decodeModel(bytes)).toThrow(ExportError);
    expect(() => decodeModel(bytes)).toThrow(message);
  });

  it('are refused where data are cut off', () => {
    const file = encodeSafetensors({ tensors: { a: { shape: [2], values: Float32Array.of(1, 2) } }, metadata: {} });
    expect(decodeSafetensors(file).tensors['a']?.values).toEqual(Float32Array.of(1, 2));
    expect(() => decodeSafetensors(file.slice(0, -1))).toThrow(/tensor a \[2\] does not fit/);
  });
});

describe('the model card', () => {
  const cardOf = ({ model, record }: Trained): string =>
    exportModel(encodeModel(model), record, { format: 'layers' }).find(({ path }) => path === 'README.md')
      ?.content as string;

  it('tells use, training, results, licence and limits', () => {
    const card = cardOf(ewc);
    expect(card).toContain('Input: rows of 64 values (8 × 8 × 1, flattened row by row)');
    expect(card).toContain(`unit = class`);
    expect(card).toContain(
      `| 5 | ${(ewc.record.matrix.at(-1) ?? []).map((value) => (100 * value).toFixed(1)).join(' | ')} |`,
    );
    expect(card).toContain(ewc.record.weightsHash);
    expect(card).toContain(ewc.model.info.data.licence);
    expect(card).toContain('with the task given');
  });

  it('says that a run was interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    const card = cardOf(await trained({}, controller.signal));
    expect(card).toContain('The run was interrupted after 0 of 5 tasks');
    expect(card).toContain('No task was learned.');
  });

  it('is refused for the record of another run', () => {
    expect(() => exportModel(encodeModel(ewc.model), { ...ewc.record, seed: 2 }, { format: 'layers' })).toThrow(
      /seed 1 of experiment .* the record is of seed 2/,
    );
  });
});
