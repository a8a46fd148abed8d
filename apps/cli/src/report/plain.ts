import { AccuracyMatrixChart, CurvesChart } from '@engram/charts';
import type { RunRecord } from '@engram/contracts';
import { strategyLabel } from '@engram/experiment';
import { createElement as h } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { sections } from './groups.ts';
import { headline, resultColumns, resultRow } from './text.ts';

/** Tables in Markdown, one per stream. */
export function renderMarkdown(records: readonly RunRecord[], title: string): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const parts = sections(records).map((section) =>
    [
      `## ${section.title}`,
      '',
      headline(section),
      ...section.cautions.map((caution) => `\n*${caution}*`),
      '',
      row(resultColumns),
      row(resultColumns.map((_, i) => (i === 0 ? '---' : '---:'))),
      ...section.groups.map((group) => row(resultRow(group))),
    ].join('\n'),
  );
  return [`# ${title}`, ...parts].join('\n\n') + '\n';
}

/** Every entry of every accuracy matrix as one line. Text that a spreadsheet would run as a formula is quoted as text. */
export function renderCsv(records: readonly RunRecord[]): string {
  const columns = [
    'dataset',
    'stream',
    'scenario',
    'strategy',
    'seed',
    'status',
    'tasks_learned',
    'task',
    'accuracy',
    'spec_hash',
    'weights_hash',
  ];
  const lines = records.flatMap((record) => {
    const { spec, seed, status, matrix, specHash, weightsHash } = record;
    const data = spec.data.source === 'own' ? spec.data.path : spec.data.dataset;
    return matrix.flatMap((row, i) =>
      row.map((accuracy, j) =>
        [
          data,
          spec.stream.kind,
          spec.scenario,
          strategyLabel(spec),
          seed,
          status,
          i,
          j + 1,
          accuracy,
          specHash,
          weightsHash,
        ]
          .map(csvCell)
          .join(','),
      ),
    );
  });
  return [columns.join(','), ...lines].join('\n') + '\n';
}

const csvCell = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Each figure by file name. */
export function renderSvgs(records: readonly RunRecord[]): ReadonlyMap<string, string> {
  const figures = sections(records).flatMap((section, s) => [
    [
      `curves-${s + 1}.svg`,
      h(CurvesChart, {
        id: `curves-${s + 1}`,
        title: section.title,
        description: headline(section),
        series: section.groups.map(({ strategy, curve }) => ({
          label: strategy,
          points: curve.map(({ mean, standardError }) => ({ mean, spread: standardError })),
        })),
        labels: { x: 'tasks learned', y: 'mean accuracy' },
      }),
    ] as const,
    ...section.groups.map(
      ({ strategy, matrix }) =>
        [
          `matrix-${s + 1}-${strategy}.svg`,
          h(AccuracyMatrixChart, {
            id: `matrix-${s + 1}`,
            title: `${strategy}, ${section.title}`,
            description: 'Accuracy in percent on each task after each number of tasks learned.',
            matrix,
            labels: { tested: 'tested on task', learned: 'tasks learned' },
          }),
        ] as const,
    ),
  ]);
  return new Map(figures.map(([name, figure]) => [name, `${renderToStaticMarkup(figure)}\n`]));
}
