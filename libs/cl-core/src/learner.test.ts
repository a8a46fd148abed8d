import { describe, expect, it } from 'vitest';
import { joint } from './strategies/baselines.ts';
import { ewc } from './strategies/ewc.ts';
import { experienceReplay } from './strategies/experience-replay.ts';
import { xdg } from './strategies/xdg.ts';
import { digitTasks, smallLearner, train } from './testing.ts';

describe('a learner', () => {
  it('learns a task, forgets it while it learns the next, and keeps it with replay', async () => {
    const stream = await digitTasks('class');
    const [first] = stream.tasks;
    if (first === undefined) throw new Error('no task');
    const plain = smallLearner(stream, []);
    train(plain, stream, 60, 0, 1);
    expect(await plain.accuracy(0, first.test)).toBeGreaterThan(0.9);
    plain.consolidate(0, first.train);
    train(plain, stream, 60, 1, 2);
    expect(await plain.accuracy(0, first.test)).toBeLessThan(0.1);

    const replay = smallLearner(stream, [experienceReplay({ buffer: 'per-class', capacity: 20 })]);
    train(replay, stream, 60, 0, 1);
    replay.consolidate(0, first.train);
    train(replay, stream, 60, 1, 2);
    expect(await replay.accuracy(0, first.test)).toBeGreaterThan(0.6);
  });

  it('refuses strategies that contradict each other or the scenario', async () => {
    const stream = await digitTasks('class');
    expect(() => smallLearner(stream, [xdg()])).toThrow(/xdg must be told the task.*class scenario.*er, ewc, si/);
    expect(() => smallLearner(stream, [ewc({ lambda: 1 }), ewc({ lambda: 2 })])).toThrow(/listed twice/);
    expect(() => smallLearner(stream, [joint(), ewc({ lambda: 1 })])).toThrow(
      /joint replaces the whole way of training/,
    );
  });

  it('refuses a checkpoint that is cut, changed or of another learner', async () => {
    const stream = await digitTasks('class');
    const learner = smallLearner(stream, []);
    const saved = await learner.save();
    const other = smallLearner(stream, [ewc({ lambda: 1 })]);
    await expect(other.load(saved)).rejects.toThrow(/expected ewc with weights.*found no strategy/);
    await expect(learner.load(saved.slice(0, -5))).rejects.toThrow(/checksum does not match/);
    await expect(learner.load(saved.slice(0, 20))).rejects.toThrow(/header of \d+ bytes does not fit/);
    const flipped = saved.slice();
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    await expect(learner.load(flipped)).rejects.toThrow(/checksum does not match/);
    const hash = await learner.weightsHash();
    // as it comes from a file: a view into a larger buffer
    await learner.load(Buffer.concat([Buffer.alloc(3), saved]).subarray(3));
    expect(await learner.weightsHash()).toBe(hash);
  });
});
