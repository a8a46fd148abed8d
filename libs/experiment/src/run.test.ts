import type { ExperimentEvent, RunRecord } from '@engram/contracts';
import { RunRecord as RunRecordSchema } from '@engram/contracts';
import { loadEmbedded } from '@engram/datasets';
import { useEngine } from '@engram/engine';
import * as tf from '@engram/engine/tf';
import { describe, expect, it } from 'vitest';
import { buildSpec, describeCheckpoint, runExperiment } from './index.ts';
import type { RunOptions, SpecRequest } from './index.ts';

const tiny = (request: Partial<SpecRequest> = {}) =>
  buildSpec({
    preset: 'split-mnist',
    scenario: 'task',
    data: 'digits',
    iterations: 4,
    batch: 8,
    hidden: [8],
    ...request,
  }).spec;

async function optionsFor(extra: Partial<RunOptions> = {}): Promise<RunOptions> {
  const engine = await useEngine('auto');
  const environment = {
    engine,
    loadDataset: () => loadEmbedded('digits'),
    software: { version: '0.0.0', commit: null },
  };
  return { seed: 1, environment, ...extra };
}

async function collect(events: AsyncIterable<ExperimentEvent>): Promise<ExperimentEvent[]> {
  const list: ExperimentEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

const recordOf = (events: readonly ExperimentEvent[]): RunRecord => {
  const last = events.at(-1);
  if (last === undefined || !('record' in last)) throw new Error(`the run ended with ${last?.type ?? 'nothing'}`);
  return last.record;
};

describe('a run', () => {
  it('tells what happens in order, and ends with a complete record', async () => {
    const events = await collect(runExperiment(tiny({ tasks: 2 }), await optionsFor()));
    expect(events.map(({ type }) => type)).toEqual([
      'run-started',
      'evaluated',
      'task-started',
      'step',
      'step',
      'step',
      'step',
      'consolidated',
      'evaluated',
      'task-started',
      'step',
      'step',
      'step',
      'step',
      'evaluated',
      'finished',
    ]);
    const record = recordOf(events);
    expect(RunRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(record.matrix.map((row) => row.length)).toEqual([2, 2, 2]);
    expect(record.curve).toHaveLength(2);
    expect(record.summary.averageAccuracy).toBeCloseTo(record.curve[1] ?? NaN, 12);
  });

  it.each(['none', 'ewc+xdg', 'si', 'er', 'joint', 'separate-networks', 'l2', 'online-ewc'])(
    '%s: the same seed gives the same bits, stopped in the middle of a task or not, and no tensor is left',
    async (strategy) => {
      const spec = tiny({ strategy, tasks: 5 });
      const before = tf.memory().numTensors;
      const straight = recordOf(await collect(runExperiment(spec, await optionsFor())));
      expect(recordOf(await collect(runExperiment(spec, await optionsFor()))).weightsHash).toBe(straight.weightsHash);

      const controller = new AbortController();
      let saved: Uint8Array | undefined;
      const options = await optionsFor({
        signal: controller.signal,
        saveCheckpoint: (bytes) => {
          saved = bytes;
          return Promise.resolve();
        },
      });
      const part: ExperimentEvent[] = [];
      for await (const event of runExperiment(spec, options)) {
        part.push(event);
        if (event.type === 'step' && event.task === 2 && event.iteration === 2) controller.abort();
      }
      expect(part.at(-1)?.type).toBe('interrupted');
      if (saved === undefined) throw new Error('no checkpoint was saved');
      expect(await describeCheckpoint(saved)).toMatchObject({ task: 2, iteration: 2, seed: 1 });
      const resumed = recordOf(await collect(runExperiment(spec, await optionsFor({ resumeFrom: saved }))));
      expect(resumed.weightsHash).toBe(straight.weightsHash);
      expect(resumed.matrix).toEqual(straight.matrix);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('lets a probe look at the learner without changing the run', async () => {
    const spec = tiny({ strategy: 'ewc+xdg', tasks: 2 });
    const straight = recordOf(await collect(runExperiment(spec, await optionsFor())));
    const before = tf.memory().numTensors;
    const seen: string[] = [];
    let importance = 0;
    let told: readonly number[] = [];
    const options = await optionsFor({
      probe: async ({ after, task, iteration, tasksLearned, learner, accuracy }) => {
        seen.push(`${after} ${task}.${iteration} ${tasksLearned}`);
        const open = learner.masks(0)?.layers[0]?.reduce((sum, gate) => sum + gate, 0);
        expect(open).toBe(1);
        expect(Object.keys(learner.params)).toEqual(['kernel0', 'bias0', 'kernel1', 'bias1']);
        if (tasksLearned === 1 && after === 'evaluation') {
          const { curvature } = learner.strategies.get('ewc') as {
            readonly curvature: { readonly kernel0: tf.Tensor };
          };
          importance = Math.max(...curvature.kernel0.dataSync());
          told = [await accuracy(0, 50), await accuracy(0, 50, 0), await accuracy(0, 50, 1)];
        }
      },
    });
    const probed = recordOf(await collect(runExperiment(spec, options)));
    expect(seen.slice(0, 7)).toEqual([
      'evaluation 0.0 0',
      'step 0.1 0',
      'step 0.2 0',
      'step 0.3 0',
      'step 0.4 0',
      'evaluation 0.4 1',
      'step 1.1 1',
    ]);
    expect(importance).toBeGreaterThan(0);
    expect(told[0]).toBe(told[1]);
    expect(probed.weightsHash).toBe(straight.weightsHash);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('fades tasks into each other, tells the task as an input, and sleeps, the same way whether stopped or not', async () => {
    const specs = [
      tiny({
        strategy: 'ewc+er+sleep',
        scenario: 'class',
        set: ['boundaries={"kind":"fuzzy","width":0.5}', 'strategies.sleep.replaySteps=2'],
      }),
      tiny({ strategy: 'si', set: ['taskInput=true', 'heads=single'] }),
    ];
    for (const spec of specs) {
      const straight = recordOf(await collect(runExperiment(spec, await optionsFor())));
      expect(straight.matrix).toHaveLength(6);
      const controller = new AbortController();
      let saved: Uint8Array | undefined;
      const saveCheckpoint = (bytes: Uint8Array): Promise<void> => {
        saved = bytes;
        return Promise.resolve();
      };
      for await (const event of runExperiment(spec, await optionsFor({ signal: controller.signal, saveCheckpoint }))) {
        if (event.type === 'step' && event.task === 2 && event.iteration === 2) controller.abort();
      }
      if (saved === undefined) throw new Error('no checkpoint was saved');
      const resumed = recordOf(await collect(runExperiment(spec, await optionsFor({ resumeFrom: saved }))));
      expect(resumed.weightsHash).toBe(straight.weightsHash);
    }
  });

  it('stops where the loss is no number, says why, and keeps the record', async () => {
    const spec = tiny({ learningRate: 1e30, iterations: 50 });
    const record = recordOf(await collect(runExperiment(spec, await optionsFor())));
    expect(record.status).toBe('diverged');
    expect(record.failure?.loss).toMatch(/NaN|Infinity/);
    expect(record.failure?.message).toMatch(
      /at step \d+ of task 1\. Likely cause: the learning rate 1e\+30 is too large.*Lower optimizer.learningRate/,
    );
  });

  it('refuses a checkpoint of another run, of another engine, and a damaged one', async () => {
    const spec = tiny();
    let saved = new Uint8Array();
    const saveCheckpoint = (bytes: Uint8Array): Promise<void> => {
      saved = Uint8Array.from(bytes);
      return Promise.resolve();
    };
    await collect(runExperiment(spec, await optionsFor({ saveCheckpoint })));
    const resume = async (extra: Partial<RunOptions>) =>
      collect(runExperiment(spec, await optionsFor({ resumeFrom: saved, ...extra })));
    await expect(resume({ seed: 2 })).rejects.toMatchObject({ code: 'other-experiment' });
    await expect(resume({ resumeFrom: saved.slice(0, saved.length >> 1) })).rejects.toMatchObject({ code: 'corrupt' });
    const { environment } = await optionsFor();
    const elsewhere = { ...environment, engine: { ...environment.engine, variant: 'other' } };
    await expect(resume({ environment: elsewhere })).rejects.toMatchObject({ code: 'other-engine' });
    expect((await resume({ environment: elsewhere, allowOtherEngine: true })).at(-1)?.type).toBe('finished');
  });
});
