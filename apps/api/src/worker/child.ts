// One run in a process of its own. Started by the supervisor with an IPC channel; ends when that channel does.
import { runExperiment } from '@engram/experiment';
import { nodeEnvironment } from '@engram/experiment/node';
import { encodeModel } from '@engram/export';
import { setPriority } from 'node:os';
import { version } from '../version.ts';
import type { Assignment, FromChild, ToChild } from './messages.ts';

/** Between two steps that are reported, unless a task begins or ends with them. */
const stepMilliseconds = 200;
/** Errors that say what is wrong with the run, not with this machine. */
const final: ReadonlySet<string> = new Set(['ClError', 'DataError', 'SpecError', 'ResumeError', 'EngineUnavailable']);

const stopped = new AbortController();
process.on('disconnect', () => process.exit(1));
// Ctrl-C reaches the whole group; the supervisor decides what becomes of the run
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('message', (message: ToChild) => {
  if (message.type === 'stop') stopped.abort();
  else void train(message.assignment);
});

const send = (message: FromChild): Promise<void> =>
  new Promise((resolve, reject) =>
    process.send?.(message, undefined, {}, (error) => (error === null ? resolve() : reject(error))),
  );

async function train(assignment: Assignment): Promise<void> {
  const { spec, seed, engine, checkpoint, checkpointSeconds, dataFolder } = assignment;
  // requests are answered before a training step is taken
  setPriority(process.pid, 5);
  try {
    const environment = await nodeEnvironment({ engine, version, offline: false, say: () => undefined });
    const located = {
      ...environment,
      loadDataset: (data: typeof spec.data) =>
        environment.loadDataset(
          data.source === 'own' && dataFolder !== null ? { source: 'own', path: dataFolder } : data,
        ),
    };
    let told = 0;
    for await (const event of runExperiment(spec, {
      seed,
      environment: located,
      signal: stopped.signal,
      checkpointEverySeconds: checkpointSeconds,
      saveCheckpoint: (bytes) => send({ type: 'checkpoint', bytes }),
      saveModel: (model) => send({ type: 'model', bytes: encodeModel(model) }),
      ...(checkpoint === null ? {} : { resumeFrom: checkpoint }),
    })) {
      if (event.type === 'step' && event.iteration !== 1 && event.iteration !== spec.training.iterations) {
        if (performance.now() - told < stepMilliseconds) continue;
        told = performance.now();
      }
      await send({ type: 'event', event });
    }
    process.disconnect();
  } catch (error) {
    if (error instanceof Error && final.has(error.name)) {
      await send({ type: 'impossible', message: error.message });
      process.disconnect();
      return;
    }
    throw error;
  }
}
