import { AccuracyMatrixChart, CurvesChart, DataTable } from '@engram/charts';
import type { RunRecord } from '@engram/contracts';
import { createElement as h } from 'react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { sections } from './groups.ts';
import type { Group, Section } from './groups.ts';
import { headline, percent, resultColumns, resultRow, shown } from './text.ts';

export interface ReportOptions {
  readonly title: string;
  /** When the page was made, ISO 8601. */
  readonly generatedAt: string;
}

/** One page that needs nothing else: no scripts, no fonts, no network. */
export function renderHtml(records: readonly RunRecord[], { title, generatedAt }: ReportOptions): string {
  const all = sections(records);
  const left = records.filter(({ status }) => status !== 'finished');
  const page = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charSet: 'utf-8' }),
      h('meta', { httpEquiv: 'Content-Security-Policy', content: "default-src 'none'; style-src 'unsafe-inline'" }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('title', null, title),
      h('style', { dangerouslySetInnerHTML: { __html: style } }),
    ),
    h(
      'body',
      null,
      h(
        'main',
        null,
        h('h1', null, title),
        h(
          'p',
          { className: 'lead' },
          `${records.length} runs, ${records.length - left.length} finished. Every number comes from the run records listed at the end. Accuracy is in percent of test examples; ± is the standard error of the mean over seeds.`,
        ),
        left.length > 0
          ? h(
              'p',
              { className: 'caution' },
              `Not finished and left out: ${left.map(({ spec, seed, status }) => `${labelOf(spec)} seed ${seed} (${status})`).join(', ')}.`,
            )
          : null,
        all.map((section, i) => sectionView(section, i)),
        provenance(records),
      ),
      h('footer', null, h('p', null, `Made by Engram on ${generatedAt}.`)),
    ),
  );
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}

const labelOf = ({ strategies }: RunRecord['spec']): string => strategies.map(({ name }) => name).join('+') || 'none';

/** A wide figure or table in a part of the page that scrolls by itself, by keyboard too. */
const scrolling = (label: string, child: ReactNode): ReactNode =>
  h('div', { className: 'scroll', role: 'region', tabIndex: 0, 'aria-label': label }, child);

function sectionView(section: Section, index: number): ReactNode {
  const id = `s${index}`;
  return h(
    'section',
    { key: id, 'aria-labelledby': `${id}-heading` },
    h('h2', { id: `${id}-heading` }, section.title),
    h('p', { className: 'lead' }, headline(section)),
    section.cautions.map((caution) => h('p', { key: caution, className: 'caution' }, caution)),
    scrolling(
      'Results',
      h(DataTable, {
        caption: 'Results over all tasks after the last one',
        columns: [...resultColumns],
        rows: section.groups.map(resultRow),
      }),
    ),
    h('h3', null, 'Accuracy as tasks are learned'),
    h(
      'figure',
      null,
      scrolling(
        'Figure: accuracy as tasks are learned',
        h(CurvesChart, {
          id: `${id}-curves`,
          title: 'Mean accuracy on the tasks learned so far',
          description: headline(section),
          series: section.groups.map(({ strategy, curve }) => ({
            label: strategy,
            points: curve.map(({ mean, standardError }) => ({ mean, spread: standardError })),
          })),
          labels: { x: 'tasks learned', y: 'mean accuracy' },
        }),
      ),
      h('figcaption', null, 'Mean accuracy on the tasks learned so far; the band is ± one standard error over seeds.'),
      h(
        'details',
        null,
        h('summary', null, 'The numbers of this figure'),
        scrolling(
          'Numbers of the curves',
          h(DataTable, {
            caption: 'Mean accuracy on the tasks learned so far, %',
            columns: ['strategy', ...Array.from({ length: longest(section) }, (_, i) => String(i + 1))],
            rows: section.groups.map(({ strategy, curve }) => [strategy, ...curve.map(shown)]),
          }),
        ),
      ),
    ),
    h('h3', null, 'What is left of each task'),
    h(
      'div',
      { className: 'matrices' },
      section.groups.map((group, i) => matrixView(group, `${id}-m${i}`)),
    ),
  );
}

const longest = ({ groups }: Section): number => Math.max(0, ...groups.map(({ curve }) => curve.length));

function matrixView({ strategy, matrix, runs }: Group, id: string): ReactNode {
  const tasks = matrix[0]?.length ?? 0;
  return h(
    'figure',
    { key: id },
    scrolling(
      `Figure: accuracy matrix of ${strategy}`,
      h(AccuracyMatrixChart, {
        id,
        title: `Accuracy matrix of ${strategy}`,
        description: `Test accuracy in percent on each task (columns) after each number of tasks learned (rows), mean of ${runs.length} seeds. The last row is what is left at the end.`,
        matrix,
        labels: { tested: 'tested on task', learned: 'tasks learned' },
      }),
    ),
    h(
      'figcaption',
      null,
      h('strong', null, strategy),
      `, mean of ${runs.length} ${runs.length === 1 ? 'seed' : 'seeds'}, %`,
    ),
    h(
      'details',
      null,
      h('summary', null, `The numbers of ${strategy}`),
      scrolling(
        `Numbers of ${strategy}`,
        h(DataTable, {
          caption: `Accuracy matrix of ${strategy}, %`,
          columns: ['tasks learned', ...Array.from({ length: tasks }, (_, j) => `task ${j + 1}`)],
          rows: matrix.map((row, i) => [String(i), ...row.map(percent)]),
        }),
      ),
    ),
  );
}

function provenance(records: readonly RunRecord[]): ReactNode {
  return h(
    'section',
    { 'aria-labelledby': 'runs-heading' },
    h('h2', { id: 'runs-heading' }, 'The runs'),
    scrolling(
      'Run records',
      h(DataTable, {
        caption: 'Each run with what is needed to repeat it; hashes are cut to eight digits',
        columns: [
          'strategy',
          'seed',
          'status',
          'accuracy, %',
          'engine',
          'steps/s',
          'time, s',
          'specification',
          'data',
          'weights',
          'commit',
        ],
        rows: records.map((run) => [
          labelOf(run.spec),
          String(run.seed),
          run.status,
          run.summary.averageAccuracy === null ? '–' : percent(run.summary.averageAccuracy),
          `${run.engine.name} ${run.engine.variant}`,
          run.iterationsPerSecond.toFixed(0),
          run.seconds.total.toFixed(0),
          run.specHash.slice(0, 8),
          run.dataHash.slice(0, 8),
          run.weightsHash.slice(0, 8),
          run.software.commit?.replace(/^([0-9a-f]{8})[0-9a-f]*/, '$1') ?? 'unknown',
        ]),
      }),
    ),
    [...new Map(records.map((run) => [run.specHash, run])).values()].map((run) =>
      h(
        'details',
        { key: run.specHash },
        h('summary', null, `Specification ${run.specHash.slice(0, 8)}: ${labelOf(run.spec)}`),
        h(
          'pre',
          { tabIndex: 0, 'aria-label': `Specification ${run.specHash.slice(0, 8)}` },
          JSON.stringify(run.spec, null, 2),
        ),
      ),
    ),
  );
}

const style = `
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #ffffff; --quiet: #55555e; --line: #d0d0d8; --caution: #fff3d6; --caution-ink: #4d3800; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --paper: #17171b; --quiet: #b0b0bb; --line: #44444e; --caution: #3d3214; --caution-ink: #ffe7ad; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.4rem; margin: 3rem 0 .5rem; border-top: 1px solid var(--line); padding-top: 1.5rem; overflow-wrap: anywhere; }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.lead { max-width: 42rem; }
.caution { background: var(--caution); color: var(--caution-ink); padding: .5rem .75rem; border-radius: .25rem; max-width: 42rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
caption { text-align: left; color: var(--quiet); padding-bottom: .25rem; }
th, td { text-align: right; padding: .3rem .75rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child { text-align: left; }
thead th { border-bottom: 2px solid var(--line); }
figure { margin: 1rem 0; }
figcaption, footer { color: var(--quiet); font-size: .9rem; }
.matrices { display: flex; flex-wrap: wrap; gap: 1.5rem; }
.matrices figure { margin: 0; max-width: 100%; }
svg { display: block; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
pre { overflow-x: auto; font-size: .8rem; }
@media print { details { display: none; } .scroll { overflow: visible; } }
`;
