import type { RunRecord } from '@engram/contracts';
import { buildSpec } from '@engram/experiment';
import { curve, summarize } from '@engram/metrics';
import { describe, expect, it } from 'vitest';
import { sections } from './groups.ts';
import { renderHtml } from './html.ts';
import { renderCsv, renderMarkdown, renderSvgs } from './plain.ts';
import { headline } from './text.ts';

const hash = 'ab'.repeat(32);

function record(
  strategy: string,
  seed: number,
  last: readonly [number, number],
  change: Partial<RunRecord> = {},
): RunRecord {
  const matrix = [[0.1, 0.1], [0.9, 0.1], [...last]];
  return {
    schema: 'engram.run/1',
    status: 'finished',
    failure: null,
    spec: buildSpec({ preset: 'split-mnist', scenario: 'domain', strategy, tasks: 2, data: 'digits' }).spec,
    specHash: `${strategy.length}`.padStart(64, '0'),
    seed,
    engine: { name: 'native', variant: 'avx2', version: '1' },
    software: { version: '1', commit: hash.slice(0, 40) },
    dataHash: hash,
    stream: {},
    matrix,
    summary: summarize(matrix),
    curve: curve(matrix),
    seconds: { total: 3, train: 2, evaluate: 1, consolidate: 0 },
    iterationsPerSecond: 100,
    peakMemoryBytes: null,
    weightsHash: hash,
    ...change,
  };
}

const runs = [
  record('er', 0, [0.8, 0.9]),
  record('none', 0, [0.4, 0.9]),
  record('none', 1, [0.2, 0.9]),
  record('er', 1, [0.7, 0.9]),
];

describe('the report', () => {
  it('puts plain training first and compares seed by seed', () => {
    const [section] = sections(runs);
    expect(section?.groups.map(({ strategy }) => strategy)).toEqual(['none', 'er']);
    const er = section?.groups[1];
    expect(er?.averageAccuracy).toMatchObject({ n: 2 });
    expect(er?.averageAccuracy?.mean).toBeCloseTo(0.825, 12);
    // seed by seed: 0.85 − 0.65 and 0.8 − 0.55
    expect(er?.againstFirst?.mean).toBeCloseTo(0.225, 12);
    expect(er?.againstFirst?.standardError).toBeCloseTo(0.025, 12);
    expect(er?.matrix[2]?.[0]).toBeCloseTo(0.75, 12);
    expect(section && headline(section)).toBe(
      'er keeps most, 82.5 ± 2.5 % on average over all tasks; none least, 60.0 ± 5.0 %.',
    );
    expect(renderMarkdown(runs, 'T')).toContain('| er | 82.5 ± 2.5 | +22.5 ± 2.5 | 15.0 ± 5.0 | 90.0 ± 0.0 | 2 |');
  });

  it('says what makes the numbers hard to compare', () => {
    const mixed = [
      ...runs,
      record('ewc', 0, [0.5, 0.9], { engine: { name: 'cpu', variant: 'javascript', version: '1' } }),
    ];
    const words = sections(mixed)[0]?.cautions.join(' ');
    expect(words).toMatch(/different engines \(native avx2, cpu javascript\).*one seed only/);
    expect(sections(runs)[0]?.cautions).toEqual([]);
  });

  it('leaves out what is not finished, and says so', () => {
    const html = renderHtml([...runs, record('si', 3, [0, 0], { status: 'interrupted' })], {
      title: 'T',
      generatedAt: '2026-01-01',
    });
    expect(html).toContain('Not finished and left out: si seed 3 (interrupted).');
    expect(sections([record('si', 3, [0, 0], { status: 'diverged' })])).toEqual([]);
  });

  it('gives the hashes, the engine and the commit of every number, and escapes what users typed', () => {
    const html = renderHtml(runs, { title: '<img src=x>', generatedAt: '2026-01-01' });
    expect(html).toContain('<h1>&lt;img src=x&gt;</h1>');
    expect(html).not.toContain('<img');
    for (const text of ['native avx2', hash.slice(0, 8), 'abababab']) expect(html).toContain(text);
  });

  it('writes every entry of every matrix as CSV, and no formula', () => {
    const own = record('none', 0, [0.5, 0.5]);
    const spec = { ...own.spec, data: { source: 'own', path: '=cmd(),"x"' } } as const;
    const lines = renderCsv([{ ...own, spec }])
      .trim()
      .split('\n');
    expect(lines).toHaveLength(1 + 6);
    expect(lines[1]).toMatch(/^"'=cmd\(\),""x""",split,domain,none,0,finished,0,1,0.1,/);
  });

  it('has a file for each figure', () => {
    expect([...renderSvgs(runs).keys()]).toEqual(['curves-1.svg', 'matrix-1-none.svg', 'matrix-1-er.svg']);
  });
});
