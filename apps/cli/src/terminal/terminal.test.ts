import { describe, expect, it } from 'vitest';
import { curvesChart } from './curves.ts';
import { matrixLines, sideBySide } from './matrix.ts';
import { duration } from './progress.ts';
import type { Style } from './style.ts';
import { percent, table, wrap } from './table.ts';

const plain: Style = {
  colour: false,
  unicode: false,
  bold: (text) => text,
  dim: (text) => text,
  shade: (text) => text,
};

describe('the terminal', () => {
  it('aligns tables and wraps text', () => {
    expect(
      table([
        ['', 'accuracy'],
        ['none', '19.9'],
        ['ewc+xdg', '9.0'],
      ]),
    ).toBe('         accuracy\nnone         19.9\newc+xdg       9.0');
    expect(wrap('one two three four', 9)).toBe('one two\nthree\nfour');
    expect([percent(0.98765), percent(null)]).toEqual(['98.8', '–']);
  });

  it('shows a matrix without its untrained row, and two side by side', () => {
    const lines = matrixLines(
      [
        [0.1, 0.2],
        [1, 0],
        [0.504, 0.996],
      ],
      plain,
    );
    expect(lines).toEqual(['         t1  t2', 'after 1 100   0', 'after 2  50 100']);
    const both = sideBySide(
      [
        { title: 'a', lines, width: 15 },
        { title: 'b', lines, width: 15 },
      ],
      2,
    ).split('\n');
    expect(both[2]).toBe('after 1 100   0  after 1 100   0');
    expect(both).toHaveLength(4);
    expect(both[0]).toBe('a                b');
  });

  it('draws curves where they belong, in the width it is given', () => {
    const chart = curvesChart(
      [
        { label: 'er', values: [1, 1, 0.9] },
        { label: 'none', values: [1, 0.5, 0] },
      ],
      plain,
      40,
    ).split('\n');
    expect(chart[0]).toContain('100% |*');
    expect(chart[5]).toMatch(/^ 50% \| +\+/);
    expect(chart[10]).toMatch(/^ {2}0% \| +\+$/);
    expect(chart.at(-1)).toBe('      * er   + none');
    expect(Math.max(...chart.map((line) => line.length))).toBeLessThanOrEqual(40);
  });

  it('says times as people do', () => {
    expect([duration(8), duration(200), duration(3900)]).toEqual(['8 s', '3 min 20 s', '1 h 5 min']);
  });
});
