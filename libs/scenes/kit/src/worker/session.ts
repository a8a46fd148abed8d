import type { DataSpec, ExperimentEvent } from '@engram/contracts';
import { DataError, loadEmbedded } from '@engram/datasets';
import type { Dataset } from '@engram/datasets';
import { EngineUnavailable, useEngine } from '@engram/engine';
import { buildSpec, runExperiment, SpecError } from '@engram/experiment';
import type { Environment, Moment, TrainedModel } from '@engram/experiment';
import { specRequestOf } from '../run/job.ts';
import type { Job } from '../run/job.ts';
import type { FromWorker, RunFailure, ToWorker } from '../run/protocol.ts';
import { createGate } from './gate.ts';

/** Least time between two `step` events that are passed on. */
const stepEveryMilliseconds = 60;

/**
 * A look into a learner while it runs: from a moment of the run to a plain value that can cross a process boundary, or
 * undefined to say nothing of this moment. It is called after every step and every evaluation and changes nothing.
 * Options come from the page and are checked by the probe.
 */
export type Probe = (moment: Moment, options: unknown) => unknown;

/**
 * The training of one page: takes commands, tells events. It is the whole worker except its port, so tests run it in
 * Node. Jobs run one after the other; a pause holds the run where it is, so the weights come out the same.
 */
export function createSession(
  tell: (message: FromWorker) => void,
  probes: Readonly<Record<string, Probe>>,
): (command: ToWorker) => void {
  const gate = createGate();
  let stop = new AbortController();
  let running = Promise.resolve();

  const runJob = async (job: Job, signal: AbortSignal): Promise<boolean> => {
    const { spec } = buildSpec(specRequestOf(job));
    const events = runExperiment(spec, {
      seed: job.seed,
      environment: await environment(),
      signal,
      ...(job.probes === undefined ? {} : { probe: (moment) => look(job, moment) }),
      ...(job.keepModel === true ? { saveModel: (model) => keep(job, model) } : {}),
    });
    let told = -Infinity;
    for await (const event of events) {
      const now = performance.now();
      if (event.type !== 'step' || now - told > stepEveryMilliseconds) {
        tell({ type: 'event', job: job.id, event });
        if (event.type === 'step') told = now;
      }
      await gate.opened();
      if (ends(event)) return event.type === 'finished';
    }
    return false;
  };

  const look = async (job: Job, moment: Moment): Promise<void> => {
    for (const { name, options } of job.probes ?? []) {
      const probe = probes[name];
      if (probe === undefined) {
        throw new RangeError(`there is no probe "${name}"; known: ${Object.keys(probes).join(', ')}`);
      }
      const value = await probe(moment, options);
      const { tasksLearned } = moment;
      if (value !== undefined) tell({ type: 'seen', job: job.id, probe: name, tasksLearned, value });
    }
  };

  const keep = (job: Job, model: TrainedModel): Promise<void> => {
    tell({ type: 'model', job: job.id, model });
    return Promise.resolve();
  };

  const plan = (jobs: readonly Job[]): void => {
    try {
      tell({ type: 'planned', specs: jobs.map((job) => buildSpec(specRequestOf(job)).spec) });
    } catch (error) {
      tell({ type: 'failed', failure: failureOf(error) });
    }
  };

  const runAll = async (jobs: readonly Job[], signal: AbortSignal): Promise<void> => {
    try {
      for (const job of jobs) {
        if (!(await runJob(job, signal))) {
          tell({ type: 'ended', how: 'stopped' });
          return;
        }
      }
      tell({ type: 'ended', how: 'done' });
    } catch (error) {
      tell({ type: 'failed', failure: failureOf(error) });
    }
  };

  return (command) => {
    switch (command.type) {
      case 'start': {
        stop.abort();
        const { signal } = (stop = new AbortController());
        gate.open();
        running = running.then(() => runAll(command.jobs, signal));
        break;
      }
      case 'plan':
        plan(command.jobs);
        break;
      case 'pause':
        gate.close();
        break;
      case 'resume':
        gate.open();
        break;
      case 'stop':
        stop.abort();
        gate.open();
        break;
    }
  };
}

const ends = ({ type }: ExperimentEvent): boolean =>
  type === 'finished' || type === 'interrupted' || type === 'diverged';

const datasets = new Map<string, Promise<Dataset>>();

/** The data shipped with the site, read once. */
function loadDataset(data: DataSpec): Promise<Dataset> {
  if (data.source === 'named' && (data.dataset === 'mnist' || data.dataset === 'digits')) {
    const known = datasets.get(data.dataset) ?? loadEmbedded(data.dataset);
    datasets.set(data.dataset, known);
    known.catch(() => datasets.delete(data.dataset));
    return known;
  }
  const asked = data.source === 'own' ? data.path : data.dataset;
  return Promise.reject(
    new SpecError(
      'impossible',
      `A page can train on mnist (subset) and digits; it was asked for ${asked}. Use the command line.`,
    ),
  );
}

/** The reproducible engine: the same bits here and on the command line with `--engine wasm`. */
async function environment(): Promise<Environment> {
  return { engine: await useEngine('wasm'), loadDataset, software: { version: '0.1.0', commit: null } };
}

function failureOf(error: unknown): RunFailure {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof SpecError) return { kind: 'impossible', detail };
  if (error instanceof RangeError && /memory|allocation/i.test(detail)) return { kind: 'memory', detail };
  if (error instanceof EngineUnavailable || error instanceof DataError || error instanceof TypeError) {
    return { kind: /memory/i.test(detail) ? 'memory' : 'load', detail };
  }
  return { kind: 'unexpected', detail };
}
