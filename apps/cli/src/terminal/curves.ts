import type { Style } from './style.ts';

export interface Curve {
  readonly label: string;
  /** Fractions, one per task learned. */
  readonly values: readonly number[];
}

const height = 11;

/** Curves of accuracy over tasks learned, as text at most `width` columns wide: a mark per value, a legend below. */
export function curvesChart(curves: readonly Curve[], style: Style, width = 78): string {
  const marks = style.unicode ? ['●', '▲', '■', '◆', '○', '△', '□', '◇'] : ['*', '+', 'x', 'o', '#', '@', '%', '&'];
  const points = Math.max(...curves.map(({ values }) => values.length));
  const room = width - 6;
  const step = points > 1 ? Math.max(1, Math.min(10, Math.floor((room - 1) / (points - 1)))) : 1;
  const columns = Math.min(room, (points - 1) * step + 1);
  const grid = Array.from({ length: height }, () => Array.from({ length: columns }, () => ' '));
  // the first curve is drawn last, so that it stays visible where curves meet
  for (const [index, { values }] of [...curves.entries()].reverse()) {
    values.forEach((value, i) => {
      const x = points > 1 ? Math.round((i * (columns - 1)) / (points - 1)) : 0;
      const row = grid[height - 1 - Math.round(value * (height - 1))];
      if (row !== undefined) row[x] = marks[index % marks.length] ?? '*';
    });
  }
  const [bar, corner, line] = style.unicode ? ['│', '└', '─'] : ['|', '+', '-'];
  const lines = grid.map((row, i) => {
    const label = i % 5 === 0 ? `${100 - i * 10}%` : '';
    return `${label.padStart(4)} ${bar}${row.join('')}`.trimEnd();
  });
  const legend = curves.map(({ label }, i) => `${marks[i % marks.length] ?? '*'} ${label}`).join('   ');
  return [
    ...lines,
    `${' '.repeat(5)}${corner}${line.repeat(columns)}`,
    `      tasks learned: 1 to ${points}`,
    `      ${legend}`,
  ].join('\n');
}
