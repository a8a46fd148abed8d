import { expect, it } from 'vitest';
import { jobsOf, schema } from './experiment.ts';
import { meansOf } from './figure.tsx';
import recorded from './recorded.json' with { type: 'json' };

it('differs in the gates only', () => {
  for (const springs of [true, false]) {
    const [open, gated] = jobsOf(schema.parse({ springs, gated: 50 }));
    const extra = (gated?.request.set ?? []).filter((setting) => !open?.request.set?.includes(setting));
    expect(extra).toEqual(['strategies.xdg.gatedFraction=0.5']);
    expect(gated?.request.strategy).toBe(springs ? 'ewc+xdg' : 'xdg');
  }
});

it('was recorded with the settings that the scene begins with, and shows what it claims', () => {
  const state = schema.parse({});
  expect(recorded.map(({ seed, spec }) => [seed, spec.stream.tasks])).toEqual([
    [state.seed, state.tasks],
    [state.seed, state.tasks],
  ]);
  const [open = 1, gated = 0] = recorded.map(({ matrix }) => meansOf(matrix).at(-1));
  expect(gated - open).toBeGreaterThan(0.05);
});
