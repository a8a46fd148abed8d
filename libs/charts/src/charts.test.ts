import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { AccuracyMatrixChart, BarsChart, CurvesChart, DataTable, LinesChart, shade } from './index.ts';

const text = { id: 'f1', title: 'A title', description: 'A description' };

/** Contrast ratio of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

describe('charts', () => {
  it('prints every accuracy of a matrix and names the figure', () => {
    const svg = renderToStaticMarkup(
      AccuracyMatrixChart({
        ...text,
        matrix: [
          [0.1, 0.12],
          [0.98, 0.5],
          [0.31, 0.97],
        ],
        labels: { tested: 'tested', learned: 'learned' },
      }),
    );
    expect([...svg.matchAll(/>(\d+)<\/text>/g)].map(([, value]) => value)).toEqual([
      '1',
      '2',
      '0',
      '10',
      '12',
      '1',
      '98',
      '50',
      '2',
      '31',
      '97',
    ]);
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title id="f1-title">A title</title>');
  });

  it('keeps text readable on every shade', () => {
    for (let percent = 0; percent <= 100; percent++) {
      const { background, text } = shade(percent / 100);
      expect(contrast(background, text), `at ${percent} %`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('draws a line, a band and an own label for each series, labels apart', () => {
    const series = ['none', 'ewc', 'er'].map((label) => ({
      label,
      points: [
        { mean: 0.9, spread: 0.01 },
        { mean: 0.5, spread: null },
      ],
    }));
    const svg = renderToStaticMarkup(CurvesChart({ ...text, series, labels: { x: 'x', y: 'y' } }));
    const labels = [...svg.matchAll(/y="([\d.]+)">(none|ewc|er)</g)].map(([, y]) => Number(y));
    expect(labels).toHaveLength(3);
    expect(Math.abs((labels[0] ?? 0) - (labels[1] ?? 0))).toBeGreaterThanOrEqual(16);
    expect(svg.match(/fill-opacity="0.15"/g)).toHaveLength(3);
  });

  it('draws lines over numbers, with a band only where there is a spread, and names what happens', () => {
    const axis = (label: string) => ({ label, from: 0, to: 10, format: String });
    const svg = renderToStaticMarkup(
      LinesChart({
        ...text,
        x: axis('year'),
        y: axis('recall'),
        series: [
          {
            label: 'both',
            look: 0,
            points: [
              { x: 0, y: 0 },
              { x: 10, y: 10, spread: 1 },
            ],
          },
        ],
        events: [{ x: 5, label: 'surgery' }],
        spans: [{ from: 2, to: 5, label: 'unsure' }],
      }),
    );
    for (const name of ['year', 'recall', 'both', 'surgery', 'unsure']) expect(svg).toContain(`>${name}</text>`);
    // from the lower left to the upper right corner of a plot from 58 to 426 and from 52 down to 282
    expect(svg).toContain('d="M58,282L426,52"');
    expect(svg).toContain('url(#f1-hatch)');
  });

  it('draws bars from zero, as long as their values', () => {
    const bar = (value: number) => ({ label: `of ${value}`, value, look: 0, shown: String(value) });
    const svg = renderToStaticMarkup(BarsChart({ ...text, to: 1, bars: [bar(0.5), bar(1), bar(2)] }));
    const lengths = [...svg.matchAll(/width="([\d.]+)" height="18" fill="#/g)].map(([, length]) => Number(length));
    // the plot is 372 wide; what is above its end is cut off there
    expect(lengths).toEqual([186, 372, 372]);
  });

  it('escapes what users typed', () => {
    const html = renderToStaticMarkup(DataTable({ caption: '<script>', columns: ['a', 'b'], rows: [['<b>', '1']] }));
    expect(html).toBe(
      '<table><caption>&lt;script&gt;</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><th scope="row">&lt;b&gt;</th><td>1</td></tr></tbody></table>',
    );
  });
});
