import { useEngine } from '@engram/engine';
import { loadEmbedded } from '@engram/datasets';
import { buildSpec, runExperiment } from '@engram/experiment';
import { expect, it } from 'vitest';
import { specRequestOf } from '../run/job.ts';
import type { Job } from '../run/job.ts';
import type { FromWorker } from '../run/protocol.ts';
import { idle, progressOf, runReducer } from '../run/run-state.ts';
import { createSession } from './session.ts';
import { weights } from './weights.ts';

const job = (id: string, strategy = 'none'): Job => ({
  id,
  request: { preset: 'split-mnist', scenario: 'task', strategy, iterations: 6, batch: 8, hidden: [8], data: 'digits' },
  seed: 1,
});

/** A session's messages from a start to its end; `during` may give more commands as messages come. */
function session(
  jobs: readonly Job[],
  during: (message: FromWorker, command: ReturnType<typeof createSession>) => void = () => {},
) {
  const { promise, resolve } = Promise.withResolvers<readonly FromWorker[]>();
  const messages: FromWorker[] = [];
  const command = createSession(
    (message) => {
      messages.push(message);
      during(message, command);
      if (message.type === 'ended' || message.type === 'failed') resolve(messages);
    },
    { weights },
  );
  command({ type: 'start', jobs });
  return promise;
}

const hashes = (messages: readonly FromWorker[]): readonly string[] =>
  messages.flatMap((message) =>
    message.type === 'event' && message.event.type === 'finished' ? message.event.record.weightsHash : [],
  );

async function hashOnTheCommandLine(wanted: Job): Promise<string> {
  const { spec } = buildSpec(specRequestOf(wanted));
  const environment = {
    engine: await useEngine('wasm'),
    loadDataset: () => loadEmbedded('digits'),
    software: { version: 'test', commit: null },
  };
  for await (const event of runExperiment(spec, { seed: wanted.seed, environment })) {
    if (event.type === 'finished') return event.record.weightsHash;
  }
  throw new Error('the run did not finish');
}

it('reaches the same weights as runExperiment, job after job, paused or not', async () => {
  const straight = await session([job('a'), job('b', 'ewc')]);
  const paused = await session([job('a'), job('b', 'ewc')], (message, command) => {
    if (message.type !== 'event' || message.event.type !== 'task-started') return;
    command({ type: 'pause' });
    setTimeout(() => command({ type: 'resume' }), 5);
  });
  expect(straight.at(-1)).toEqual({ type: 'ended', how: 'done' });
  expect(hashes(straight)).toEqual([await hashOnTheCommandLine(job('a')), await hashOnTheCommandLine(job('b', 'ewc'))]);
  expect(hashes(paused)).toEqual(hashes(straight));
});

it('stops when told, and keeps what was measured', async () => {
  const messages = await session([job('a'), job('b')], (message, command) => {
    if (message.type === 'event' && message.event.type === 'evaluated' && message.event.tasksLearned === 1)
      command({ type: 'stop' });
  });
  expect(messages.at(-1)).toEqual({ type: 'ended', how: 'stopped' });
  const state = messages.reduce(
    (before, message) => runReducer(before, { type: 'message', message }),
    runReducer(idle, { type: 'start', jobs: [job('a'), job('b')] }),
  );
  expect(state.phase).toBe('done');
  expect(state.runs.map(({ matrix }) => matrix.length)).toEqual([2, 0]);
  expect(state.runs[0]?.record?.status).toBe('interrupted');
  expect(progressOf(state)).toBeCloseTo(1 / 10, 5);
});

it('shows what a probe saw after every task', async () => {
  const messages = await session([{ ...job('a'), probes: [{ name: 'weights' }] }]);
  const seen = messages.filter((message) => message.type === 'seen');
  expect(seen.map(({ tasksLearned }) => tasksLearned)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(seen[0]?.value).toMatchObject([{ shape: [64, 8] }, { shape: [8] }, { shape: [8, 10] }, { shape: [10] }]);
});

it('says why settings cannot be trained', async () => {
  const messages = await session([{ ...job('a', 'xdg'), request: { ...job('a', 'xdg').request, scenario: 'class' } }]);
  expect(messages.at(-1)).toMatchObject({ type: 'failed', failure: { kind: 'impossible' } });
});

it('plans jobs without training them, and says why one is impossible', () => {
  const messages: FromWorker[] = [];
  const command = createSession((message) => messages.push(message), {});
  command({ type: 'plan', jobs: [job('a'), job('b', 'ewc')] });
  command({ type: 'plan', jobs: [job('c', 'joint+ewc')] });
  expect(messages[0]).toMatchObject({
    type: 'planned',
    specs: [{ strategies: [] }, { strategies: [{ name: 'ewc' }] }],
  });
  expect(messages[1]).toMatchObject({ type: 'failed', failure: { kind: 'impossible' } });
});

it('gives the page the trained networks of a job that keeps them', async () => {
  const messages = await session([{ ...job('a'), keepModel: true }, job('b')]);
  const kept = messages.flatMap((message) => (message.type === 'model' ? [message] : []));
  expect(kept.map((message) => message.job)).toEqual(['a']);
  const shapes = Object.values(kept[0]?.model.networks.weights[0] ?? {}).map(({ shape }) => shape);
  expect(shapes).toContainEqual([64, 8]);
});
