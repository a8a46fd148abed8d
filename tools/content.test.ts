import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Reference } from './bibtex.ts';
import { toBibtex } from './bibtex.ts';

const root = join(import.meta.dirname, '..');
const content = join(root, 'apps/web/content');
const read = (path: string): string => readFileSync(join(content, path), 'utf8');

interface Both {
  readonly en: string;
  readonly ko: string;
}
interface GlossaryTerm {
  readonly id: string;
  readonly en: { readonly term: string; readonly text: string };
  readonly ko: { readonly term: string; readonly text: string };
}
interface FidelityRow {
  readonly id: string;
  readonly scene: string;
  readonly verdict: string;
  readonly article: Both;
  readonly paper: Both;
  readonly sources: readonly string[];
  readonly measured: (Both & { readonly runs: readonly string[] }) | null;
}

const references = JSON.parse(read('references.json')) as readonly Reference[]; // every field is checked below
const glossary = JSON.parse(read('glossary.json')) as readonly GlossaryTerm[]; // likewise
const fidelity = JSON.parse(read('fidelity.json')) as readonly FidelityRow[]; // likewise

const scenes = [
  'recall',
  'lesion',
  'memory-map',
  'attention',
  'sleep',
  'forgetting',
  'dreams',
  'little-replay',
  'brain-inspired-replay',
  'ewc',
  'xdg',
  'hundred-tasks',
  'neuromodulation',
  'harder-pictures',
  'build-a-brain',
  'open-questions',
];

const chapters = readdirSync(join(content, 'essay')).sort();
const names = [...new Set(chapters.map((file) => file.replace(/\.(en|ko)\.mdx$/, '')))];
const chapter = (name: string, language: string): string => read(`essay/${name}.${language}.mdx`);
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
const cites = (text: string): string[] => all(text, /<Cite id="([^"]+)" \/>/g).sort();
const terms = (text: string): string[] => all(text, /<Term id="([^"]+)">/g).sort();
const placed = (text: string): string[] => all(text, /<Scene name="([^"]+)" \/>/g);
const formulas = (text: string): string[] => all(text, /(\$\$[^$]+\$\$)/g);
/** Numbers with a decimal point: measured values, which no translation may change. */
const decimals = (text: string): string[] => all(text.replace(/\$[^$]*\$/g, ''), /(\d+\.\d+)/g).sort();

describe('the essay', () => {
  it('has every chapter in both languages', () => {
    expect(chapters).toEqual(names.flatMap((name) => [`${name}.en.mdx`, `${name}.ko.mdx`]));
  });

  it.each(names)('%s says the same with the same sources in both languages', (name) => {
    const [english, korean] = [chapter(name, 'en'), chapter(name, 'ko')];
    expect(cites(korean)).toEqual(cites(english));
    expect(terms(korean)).toEqual(terms(english));
    expect(formulas(korean)).toEqual(formulas(english));
    expect(decimals(korean)).toEqual(decimals(english));
  });

  it.each(chapters)(
    '%s has a title, a summary, a takeaway, a bridge, a technical part and the scenes it lists',
    (file) => {
      const text = read(`essay/${file}`);
      expect(text).toMatch(/^---\ntitle: .+\nsummary: .+\nscenes: \[.*\]\n---\n/);
      const listed = all(text, /^scenes: \[(.*)\]$/gm).flatMap((list) => (list === '' ? [] : list.split(', ')));
      expect(placed(text)).toEqual(listed);
      for (const block of ['Takeaway', 'Bridge', 'Technical'])
        expect(all(text, new RegExp(`^<(${block})>$`, 'gm')), block).toHaveLength(1);
    },
  );

  it.each(['en', 'ko'])('places every scene once, in %s', (language) => {
    expect(names.flatMap((name) => placed(chapter(name, language)))).toEqual(scenes);
  });

  it('cites only works and terms that there are, and every one of them', () => {
    const texts = names.map((name) => chapter(name, 'en')).join('\n');
    expect([...new Set(cites(texts))]).toEqual(references.map(({ id }) => id));
    expect(glossary.map(({ id }) => id)).toEqual(expect.arrayContaining(terms(texts)));
  });

  it.each(chapters.filter((file) => file.endsWith('.ko.mdx')))('%s uses the words that were agreed', (file) => {
    expect(read(`essay/${file}`)).not.toMatch(/훈련|이미지|습니다[.?!]|니까\?/);
  });

  it.each(chapters)('%s imports nothing and begins no line with a lone tag that would break a paragraph', (file) => {
    expect(read(`essay/${file}`)).not.toMatch(/^import |^ *<(Cite|Note)\b/m);
  });
});

describe('the references', () => {
  it('are sorted, distinct and complete', () => {
    const ids = references.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const { id, authors, year, title, venue, doi } of references) {
      expect(doi, id).toMatch(/^10\.\d{4,5}\/\S+$/);
      expect(id.endsWith(`-${year}`), id).toBe(true);
      expect(
        [...authors, title, venue].every((part) => part.trim() === part && part !== ''),
        id,
      ).toBe(true);
    }
    expect(new Set(references.map(({ doi }) => doi.toLowerCase())).size).toBe(references.length);
  });

  it('are there as BibTeX (vitest -u writes the file)', async () => {
    await expect(toBibtex(references)).toMatchFileSnapshot(join(content, 'references.bib'));
  });
});

it('the glossary is sorted, and explains every term in both languages', () => {
  const ids = glossary.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  for (const { id, en, ko } of glossary) {
    for (const part of [en.term, en.text, ko.term, ko.text]) expect(part.trim(), id).not.toBe('');
    expect(ko.text, id).toMatch(/요\.$/);
  }
});

describe('the fidelity table', () => {
  it('has the ten rows', () => {
    expect(fidelity.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, index) => `F${index + 1}`));
  });

  it.each(fidelity)('$id names its scene, its sources and the runs behind its numbers', (row) => {
    expect(scenes).toContain(row.scene);
    expect(['holds', 'partly', 'corrected']).toContain(row.verdict);
    for (const text of [row.article.en, row.article.ko, row.paper.en, row.paper.ko]) expect(text.trim()).not.toBe('');
    expect(row.sources.length).toBeGreaterThan(0);
    expect(references.map(({ id }) => id)).toEqual(expect.arrayContaining([...row.sources]));
    if (row.measured === null) return;
    expect(decimals(row.measured.ko)).toEqual(decimals(row.measured.en));
    expect(row.measured.runs.length).toBeGreaterThan(0);
    for (const run of row.measured.runs) expect(existsSync(join(root, run)), run).toBe(true);
  });
});

/** Where the essay and the fidelity table quote measured numbers, they are those of the run records. */
describe('measured numbers', () => {
  const mean = (run: string): string => {
    const folder = join(root, 'docs/results/runs', run);
    const values = readdirSync(folder).map((seed) => {
      const record: unknown = JSON.parse(readFileSync(join(folder, seed, 'run.json'), 'utf8'));
      const summary = record as { readonly summary: { readonly averageAccuracy: number } }; // written by our own CLI
      return summary.summary.averageAccuracy;
    });
    return ((100 * values.reduce((sum, value) => sum + value, 0)) / values.length).toFixed(1);
  };

  it.each([
    ['split-mnist-class/none', '06-forgetting'],
    ['permuted-mnist-10/none', '06-forgetting'],
    ['permuted-mnist-10/joint', '06-forgetting'],
    ['split-mnist-class/er', '07-dreams'],
    ['permuted-mnist-10/ewc', '10-springs'],
    ['permuted-mnist-10/si', '10-springs'],
    ['split-mnist-class/ewc', '10-springs'],
    ['permuted-mnist-30/none', '12-hundred-tasks'],
    ['permuted-mnist-30/ewc', '12-hundred-tasks'],
    ['permuted-mnist-30/xdg', '12-hundred-tasks'],
    ['permuted-mnist-30/xdg+ewc', '12-hundred-tasks'],
    ['permuted-mnist-30/xdg+si', '12-hundred-tasks'],
  ])('%s is quoted as it was measured in %s', (run, name) => {
    expect(decimals(chapter(name, 'en'))).toContain(mean(run));
  });

  it.each(fidelity.filter(({ measured }) => measured !== null))('$id quotes every run it names', ({ measured }) => {
    const quoted = decimals(measured?.en ?? '');
    for (const run of measured?.runs ?? []) expect(quoted, run).toContain(mean(run.replace('docs/results/runs/', '')));
  });
});
