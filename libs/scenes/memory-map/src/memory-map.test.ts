import { describe, expect, it } from 'vitest';
import { en } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import { exampleIds, failing, placedRight, predictedRight, rules, structures, systems } from './rules.ts';
import { place, placementOf, schema } from './state.ts';
import { ruleTable } from './table.ts';

describe('the rules', () => {
  it('have the documented examples fail with each lesion, and nothing without one', () => {
    expect(failing('hippocampus')).toEqual(['dinner', 'name', 'route']);
    expect(failing('cerebellum')).toEqual(['blink', 'prism']);
    expect(failing('amygdala')).toEqual(['dog']);
    expect(failing('prefrontal')).toEqual(['number', 'sum', 'sentence']);
    expect(failing(null)).toEqual([]);
  });

  it('know all three kinds of memory, and a source for each rule', () => {
    for (const system of systems)
      expect(exampleIds.filter((id) => rules[id].system === system).length).toBeGreaterThan(2);
    for (const id of exampleIds) expect(rules[id].doi).toMatch(/^10\.\d{4,}\//);
  });

  it('are all in the table, in both languages', () => {
    for (const text of [en, ko]) {
      const { columns, rows } = ruleTable(text);
      expect(rows).toHaveLength(12);
      expect(rows.every((row) => row.length === columns.length && row.every((cell) => cell.length > 0))).toBe(true);
    }
  });
});

describe('placing', () => {
  it('moves an example from one kind to another', () => {
    const start = schema.parse({});
    const first = schema.parse({ ...start, ...place(start, 'sum', 'declarative') });
    const second = schema.parse({ ...first, ...place(first, 'sum', 'working') });
    expect(placementOf(first)).toEqual({ sum: 'declarative' });
    expect(placementOf(second)).toEqual({ sum: 'working' });
    expect([placedRight(placementOf(first)), placedRight(placementOf(second))]).toEqual([0, 1]);
  });

  it('is full marks for the taxonomy itself', () => {
    const all = exampleIds.reduce(
      (state, id) => schema.parse({ ...state, ...place(state, id, rules[id].system) }),
      schema.parse({}),
    );
    expect(placedRight(placementOf(all))).toBe(12);
  });
});

describe('predicting', () => {
  it('counts what fails and what still works', () => {
    for (const lesion of structures) expect(predictedRight(failing(lesion), lesion)).toBe(12);
    // nothing expected to fail: right about all but the three that do
    expect(predictedRight([], 'hippocampus')).toBe(9);
    expect(predictedRight(exampleIds, 'amygdala')).toBe(1);
  });
});
