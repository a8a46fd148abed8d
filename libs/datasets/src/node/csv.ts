import { DataError } from '../errors.ts';

/** Labelled rows of a CSV text: label first, then numbers. A first line whose cells are no numbers is a header. */
export function parseCsv(
  text: string,
  name: string,
): { readonly labels: readonly string[]; readonly rows: readonly Float32Array[] } {
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => ({ cells: line.split(',').map((cell) => cell.trim()), number: i + 1, line }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  const isHeader = filled[0]?.cells.slice(1).some((cell) => cell === '' || Number.isNaN(Number(cell))) ?? false;
  const data = isHeader ? filled.slice(1) : filled;
  const width = data[0]?.cells.length ?? 0;
  if (width < 2)
    throw new DataError('wrong-format', `${name} has no rows of a label and numbers, separated by commas.`);
  const rows = data.map(({ cells, number }) => {
    if (cells.length !== width)
      throw new DataError(
        'wrong-format',
        `${name}, line ${number}: ${cells.length} cells, the first row has ${width}.`,
      );
    return Float32Array.from(cells.slice(1), (cell, i) => {
      const value = cell === '' ? NaN : Number(cell);
      if (!Number.isFinite(value))
        throw new DataError(
          'wrong-format',
          `${name}, line ${number}, column ${i + 2}: expected a number, got "${cell}".`,
        );
      return value;
    });
  });
  return { labels: data.map(({ cells }) => cells[0] ?? ''), rows };
}
