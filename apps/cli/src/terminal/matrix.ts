import type { Style } from './style.ts';

const cell = 4;

/** Lines that show an accuracy matrix in percent, shaded where colours are on: one row per task learned, row 0 left out. */
export function matrixLines(matrix: readonly (readonly number[])[], style: Style): string[] {
  const tasks = matrix[0]?.length ?? 0;
  const label = 'after '.length + String(tasks).length;
  const head = ' '.repeat(label) + Array.from({ length: tasks }, (_, j) => `t${j + 1}`.padStart(cell)).join('');
  const rows = matrix.slice(1).map((row, i) => {
    const cells = row.map((value) =>
      style.shade(
        Math.round(100 * value)
          .toString()
          .padStart(cell),
        value,
      ),
    );
    return `after ${String(i + 1).padStart(label - 6)}${cells.join('')}`;
  });
  return [head, ...rows];
}

/** Columns a matrix takes. */
export const matrixWidth = (tasks: number): number => 'after '.length + String(tasks).length + cell * tasks;

/** Blocks of lines side by side; `widths` are the visible ones, since colour codes take no room. */
export function sideBySide(
  blocks: readonly { readonly title: string; readonly lines: readonly string[]; readonly width: number }[],
  gap = 3,
): string {
  const height = Math.max(...blocks.map(({ lines }) => lines.length));
  const plain = (text: string, width: number): string => text.padEnd(width);
  const titles = blocks.map(({ title, width }) => plain(title, width)).join(' '.repeat(gap));
  const rows = Array.from({ length: height }, (_, i) =>
    blocks.map(({ lines, width }) => lines[i] ?? plain('', width)).join(' '.repeat(gap)),
  );
  return [titles, ...rows].map((line) => line.trimEnd()).join('\n');
}
