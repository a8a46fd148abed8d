import type { Learner, LearnerView } from '@engram/cl-core';
import type { DataSpec, ExperimentEvent, ExperimentSpec, RunRecord } from '@engram/contracts';
import type { Dataset, TaskStream } from '@engram/datasets';
import type { EngineInfo } from '@engram/engine';
import { cumulativeBatches, jointBatches, sequentialBatches } from './batches.ts';
import type { BatchSource } from './batches.ts';
import { buildExperiment } from './build.ts';
import type { ExperimentParts } from './build.ts';
import { divergence } from './divergence.ts';
import { ResumeError } from './errors.ts';
import { engineRecord, runRecord, specHash } from './record.ts';
import type { Outcome } from './record.ts';
import { blurredBatches, periodExamples } from './blurred.ts';
import { decodeCheckpoint, encodeCheckpoint } from './run-checkpoint.ts';
import type { RunProgress } from './run-checkpoint.ts';
import { trainedModel } from './trained-model.ts';
import type { TrainedModel } from './trained-model.ts';

/** What a run needs from the place where it runs. */
export interface Environment {
  /** The active engine, as `useEngine` gave it. */
  readonly engine: EngineInfo;
  loadDataset(data: DataSpec): Promise<Dataset>;
  readonly software: RunRecord['software'];
  /** Largest resident set so far; left out where it cannot be read. */
  readonly peakMemoryBytes?: () => number;
}

export interface RunOptions {
  readonly seed: number;
  readonly environment: Environment;
  /** Aborting saves a checkpoint and ends with `interrupted`; nothing is thrown. */
  readonly signal?: AbortSignal;
  readonly saveCheckpoint?: (bytes: Uint8Array) => Promise<void>;
  /** Is given what was learned, before the run ends with `finished` or `interrupted`. */
  readonly saveModel?: (model: TrainedModel) => Promise<void>;
  /** Least time between checkpoints inside a task; one is always saved when a task ends. Default 60. */
  readonly checkpointEverySeconds?: number;
  /**
   * Called after every step and every evaluation with the learner as it is then; the run goes on when it returns. For
   * what no event tells: weights, importances, representations. It must not change the learner.
   */
  readonly probe?: (moment: Moment) => void | Promise<void>;
  /** A checkpoint of the same specification and seed: the run goes on as if it had never stopped. */
  readonly resumeFrom?: Uint8Array;
  /** Go on although another engine began: the result is then no longer that of an unbroken run, bit for bit. */
  readonly allowOtherEngine?: boolean;
}

/** A moment of a run, for a probe. */
export interface Moment {
  readonly after: 'step' | 'evaluation';
  /** The task being trained, from 0. */
  readonly task: number;
  /** Steps of it that are done. */
  readonly iteration: number;
  /** Rows of the accuracy matrix after the first, untrained one. */
  readonly tasksLearned: number;
  readonly learner: LearnerView;
  readonly stream: TaskStream;
  /** Accuracy on a task by a learner that is told it is `told` (default: the true one). */
  accuracy(task: number, count: number, told?: number): Promise<number>;
}

/** How long training may hold the thread before timers, signals and messages get a turn. */
const turnMilliseconds = 40;
/** Steps between two looks at the loss where reading it means waiting for the device. */
const lossEvery = 10;

/**
 * Runs an experiment and tells what happens. The generator ends after `finished`, `interrupted` or `diverged`; leaving
 * it early frees everything. Same specification, seed and engine variant: same events, times aside.
 *
 * Throws ClError or DataError before the first event if the specification does not fit the data, ResumeError if
 * `resumeFrom` does not fit the run.
 */
export async function* runExperiment(spec: ExperimentSpec, options: RunOptions): AsyncGenerator<ExperimentEvent> {
  const { seed, environment, signal, saveCheckpoint, saveModel, probe, checkpointEverySeconds = 60 } = options;
  const dataset = await environment.loadDataset(spec.data);
  const parts = buildExperiment(spec, dataset, seed);
  const { stream, learner } = parts;
  const clock = stopwatch();
  try {
    const progress = await start(spec, options, dataset.hash, learner);
    const earlier = progress.seconds.total;
    const outcome = async (status: RunRecord['status'], failure: Outcome['failure'] = null): Promise<RunRecord> => {
      progress.seconds.total = earlier + clock.total();
      progress.peakMemoryBytes = peak(progress, environment);
      const weightsHash = await learner.weightsHash();
      return runRecord(progress, {
        status,
        failure,
        software: environment.software,
        stream: stream.description,
        weightsHash,
      });
    };
    const end = async (status: 'finished' | 'interrupted'): Promise<ExperimentEvent> => {
      const record = await outcome(status);
      await saveModel?.(await trainedModel(parts, dataset, record));
      return { type: status, record };
    };
    const save = async (): Promise<ExperimentEvent | undefined> => {
      if (saveCheckpoint === undefined) return undefined;
      progress.seconds.total = earlier + clock.total();
      progress.peakMemoryBytes = peak(progress, environment);
      const bytes = await encodeCheckpoint(progress, await learner.save());
      await saveCheckpoint(bytes);
      return { type: 'checkpoint', task: progress.task, iteration: progress.iteration, bytes: bytes.length };
    };

    yield {
      type: 'run-started',
      version: 'engram.event/1',
      spec,
      specHash: await specHash(spec),
      seed,
      engine: progress.engine,
      dataHash: dataset.hash,
      taskNames: stream.tasks.map(({ name }) => name),
      totalIterations: stream.tasks.length * spec.training.iterations,
      resumedFrom: options.resumeFrom === undefined ? null : { task: progress.task, iteration: progress.iteration },
    };
    const evaluate = async (tasksLearned: number): Promise<ExperimentEvent> => {
      const accuracies = await clock.time(progress.seconds, 'evaluate', () => testAll(parts, spec));
      progress.matrix.push(accuracies);
      await probe?.(moment('evaluation'));
      return { type: 'evaluated', tasksLearned, accuracies };
    };
    const moment = (after: Moment['after']): Moment => ({
      after,
      task: progress.task,
      iteration: progress.iteration,
      tasksLearned: progress.matrix.length - 1,
      learner: learner.view(),
      stream,
      accuracy: (task, count, told = task) => {
        const tested = stream.tasks[task];
        if (tested === undefined)
          throw new RangeError(`there are ${stream.tasks.length} tasks, none with index ${task}`);
        return learner.accuracy(task, tested.test, count, told);
      },
    });
    if (progress.matrix.length === 0) yield await evaluate(0);

    const batches = batchesOf(parts, spec);
    for (const task of stream.tasks.slice(progress.task)) {
      if (progress.iteration === 0) learner.beginTask(task.index);
      yield { type: 'task-started', task: task.index };
      let turn = performance.now();
      let saved = performance.now();
      while (progress.iteration < spec.training.iterations) {
        if (signal?.aborted) {
          const event = await save();
          if (event) yield event;
          yield await end('interrupted');
          return;
        }
        const begun = performance.now();
        const scalar = learner.step(batches(task.index, progress.iteration));
        const iteration = progress.iteration + 1;
        const read =
          environment.engine.synchronousReads || iteration % lossEvery === 0 || iteration === spec.training.iterations;
        const [loss] = read ? (environment.engine.synchronousReads ? scalar.dataSync() : await scalar.data()) : [];
        scalar.dispose();
        progress.seconds.train += (performance.now() - begun) / 1000;
        progress.iteration = iteration;
        if (loss !== undefined) {
          if (!Number.isFinite(loss)) {
            const failure = divergence(spec, task.index, iteration, loss);
            yield { type: 'diverged', record: await outcome('diverged', failure) };
            return;
          }
          yield { type: 'step', task: task.index, iteration, loss };
        }
        if (probe !== undefined) await probe(moment('step'));
        if (performance.now() - turn > turnMilliseconds) {
          await nextTurn();
          turn = performance.now();
        }
        if (performance.now() - saved > checkpointEverySeconds * 1000) {
          const event = await save();
          if (event) yield event;
          saved = performance.now();
        }
      }
      const met =
        spec.boundaries === undefined ? task.train : periodExamples(batches, task.index, spec.training.iterations);
      if (task.index < stream.tasks.length - 1) {
        const before = progress.seconds.consolidate;
        await clock.time(progress.seconds, 'consolidate', () => learner.consolidate(task.index, met));
        yield { type: 'consolidated', task: task.index, seconds: progress.seconds.consolidate - before };
      } else {
        await clock.time(progress.seconds, 'consolidate', () => learner.conclude(task.index, met));
      }
      yield await evaluate(task.index + 1);
      progress.task = task.index + 1;
      progress.iteration = 0;
      const event = await save();
      if (event) yield event;
    }
    yield await end('finished');
  } finally {
    learner.dispose();
  }
}

/** Progress from the beginning, or from a checkpoint that belongs to this run. */
async function start(
  spec: ExperimentSpec,
  options: RunOptions,
  dataHash: string,
  learner: Learner,
): Promise<RunProgress> {
  const { seed, environment, resumeFrom, allowOtherEngine = false } = options;
  const engine = engineRecord(environment.engine);
  if (resumeFrom === undefined) {
    return {
      version: 'engram.checkpoint/1',
      spec,
      seed,
      engine,
      dataHash,
      task: 0,
      iteration: 0,
      matrix: [],
      seconds: { train: 0, evaluate: 0, consolidate: 0, total: 0 },
      peakMemoryBytes: null,
    };
  }
  const { progress, learner: saved } = await decodeCheckpoint(resumeFrom);
  if (
    (await specHash(progress.spec)) !== (await specHash(spec)) ||
    progress.seed !== seed ||
    progress.dataHash !== dataHash
  ) {
    throw new ResumeError(
      'other-experiment',
      `This checkpoint is of another run (seed ${progress.seed}, data ${progress.dataHash.slice(0, 8)}), not of this specification with seed ${seed} and data ${dataHash.slice(0, 8)}. Resume with what it was started with, or start a new run.`,
    );
  }
  const other = `${progress.engine.name} ${progress.engine.variant}` !== `${engine.name} ${engine.variant}`;
  if (other && !allowOtherEngine) {
    throw new ResumeError(
      'other-engine',
      `This run began on the engine ${progress.engine.name} (${progress.engine.variant}) and would go on with ${engine.name} (${engine.variant}); its result could then not be repeated bit for bit. Choose the first engine, or allow the change explicitly.`,
    );
  }
  await learner.load(saved);
  return { ...progress, engine };
}

const batchesOf = ({ stream, curriculum, rng }: ExperimentParts, spec: ExperimentSpec): BatchSource => {
  const { training, boundaries } = spec;
  switch (curriculum) {
    case 'sequential':
      return boundaries === undefined
        ? sequentialBatches(stream, training.batchSize, rng)
        : blurredBatches(stream, { ...training, boundaries, rng });
    case 'joint':
      return jointBatches(stream, training.batchSize, training.iterations, rng);
    case 'cumulative':
      return cumulativeBatches(stream, training.batchSize, rng);
  }
};

/** One row of the accuracy matrix: every task, learned or not. */
async function testAll({ stream, learner }: ExperimentParts, { evaluation }: ExperimentSpec): Promise<number[]> {
  const accuracies: number[] = [];
  for (const { index, test } of stream.tasks) {
    accuracies.push(
      await learner.accuracy(index, test, evaluation.examples === 'all' ? test.count : evaluation.examples),
    );
    await nextTurn();
  }
  return accuracies;
}

const peak = (progress: RunProgress, environment: Environment): number | null => {
  const now = environment.peakMemoryBytes?.();
  return now === undefined ? progress.peakMemoryBytes : Math.max(now, progress.peakMemoryBytes ?? 0);
};

/** Lets everything else that waits on this thread run once. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function stopwatch() {
  const begun = performance.now();
  return {
    total: () => (performance.now() - begun) / 1000,
    /** Adds what `work` takes to one of the sums. */
    time: async <Key extends string, Result>(
      sums: Record<Key, number>,
      key: Key,
      work: () => Result | Promise<Result>,
    ): Promise<Result> => {
      const from = performance.now();
      const result = await work();
      sums[key] += (performance.now() - from) / 1000;
      return result;
    },
  };
}
