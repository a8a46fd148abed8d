import { describe, expect, it } from 'vitest';
import { doiUrl, tableOf } from './figure.tsx';
import { en } from './messages.en.ts';
import { ko } from './messages.ko.ts';
import { questionIds, questions, questionsAbout, schema, sides } from './questions.ts';

describe('open questions', () => {
  it('have a DOI and a scene each', () => {
    for (const id of questionIds) {
      const { sources, scene } = questions[id];
      expect(sources.length).toBeGreaterThan(0);
      for (const { name, doi } of sources) {
        expect(name).toMatch(/ \d{4}$/);
        expect(new URL(doiUrl(doi)).pathname).toMatch(/^\/10\.\d{4,}\//);
      }
      expect(scene).toMatch(/^[a-z-]+$/);
    }
  });

  it('are each about the brain, the network or both', () => {
    expect(questionsAbout('all')).toEqual(questionIds);
    expect(sides.flatMap(questionsAbout).sort()).toEqual([...questionIds].sort());
    expect(schema.parse({ about: 'the weather' })).toEqual({ about: 'all' });
  });

  it('are in the table with their sources, in both languages', () => {
    for (const text of [en, ko]) {
      const { columns, rows } = tableOf(questionIds, text);
      expect(rows).toHaveLength(questionIds.length);
      expect(rows.every((row) => row.length === columns.length && row.at(-1)?.includes('doi:10.'))).toBe(true);
    }
  });
});
