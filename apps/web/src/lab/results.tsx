import { AccuracyMatrixChart, CurvesChart } from '@engram/charts';
import { pngOf, save, svgOf } from '@engram/scene-kit';
import type { Format } from '@engram/scene-kit/static';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { curvesOf, endOf, forgottenOf, matrixOf } from './groups.ts';
import type { Group, Point } from './groups.ts';
import { Inside } from './inside.tsx';
import type { LabText } from './words.ts';

interface ResultsProps {
  readonly groups: readonly Group[];
  readonly text: LabText;
  readonly format: Format;
}

/** `91 % ± 1.2` with several seeds, `91 %` with one. */
export const withSpread = (point: Point | null, format: Format): string => {
  if (point === null) return '…';
  const { mean, spread } = point;
  return spread === null ? format.percent(mean) : `${format.percent(mean)} ± ${format.number(100 * spread, 1)}`;
};

/** Curves of all networks, what each kept and lost, then each one's matrix and a look inside. */
export function Results({ groups, text, format }: ResultsProps): ReactNode {
  const several = groups.some(({ runs }) => runs.length > 1);
  return (
    <div className="lab-results">
      <Figure name="curves" title={text.curves} text={text}>
        <CurvesChart
          id="lab-curves"
          title={text.curves}
          description={groups.map((group) => `${group.label}: ${withSpread(endOf(group), format)}`).join('; ')}
          series={groups.map((group) => ({ label: group.label, points: curvesOf(group) }))}
          labels={{ x: text.learned, y: text.accuracy }}
        />
      </Figure>
      <Comparison groups={groups} text={text} format={format} />
      {several ? <p className="lab-note">{text.spreadNote}</p> : null}
      <div className="lab-networks">
        {groups.map((group) => (
          <section key={group.id} className="lab-network-result" aria-label={group.label}>
            <h4>{group.label}</h4>
            <Figure name={group.id} title={text.matrix(group.label)} text={text}>
              <AccuracyMatrixChart
                id={`lab-${group.id.replaceAll(/[^\w-]/g, '-')}`}
                title={text.matrix(group.label)}
                description={text.matrixHelp}
                matrix={matrixOf(group)}
                labels={{ tested: text.tested, learned: text.learned }}
              />
            </Figure>
            {group.runs[0] === undefined ? null : <Inside run={group.runs[0]} label={group.label} text={text} />}
          </section>
        ))}
      </div>
    </div>
  );
}

/** One line for each network: what is kept, what was forgotten, how long it took. */
function Comparison({ groups, text, format }: ResultsProps): ReactNode {
  return (
    <div className="scene-table" tabIndex={0} role="region" aria-label={text.comparison}>
      <table className="lab-comparison">
        <caption>{text.comparison}</caption>
        <thead>
          <tr>
            {[text.network, text.seeds, text.kept, text.forgotten, text.time].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.id}>
              <th scope="row">{group.label}</th>
              <td>{group.runs.map(({ job }) => job.seed).join(', ')}</td>
              <td>{withSpread(endOf(group), format)}</td>
              <td>{withSpread(forgottenOf(group), format)}</td>
              <td>{secondsOf(group, format)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Seconds of all seeds together, once all are there. */
function secondsOf({ runs }: Group, format: Format): string {
  const seconds = runs.flatMap(({ record }) => record?.seconds.total ?? []);
  return seconds.length < runs.length ? '…' : format.seconds(seconds.reduce((sum, value) => sum + value, 0));
}

interface FigureProps {
  /** In the name of the saved file. */
  readonly name: string;
  readonly title: string;
  readonly text: LabText;
  readonly children: ReactNode;
}

/** A figure that can be saved as a drawing or as pixels. */
function Figure({ name, title, text, children }: FigureProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const svg = (): SVGSVGElement | null => place.current?.querySelector('svg') ?? null;
  const file = `lab-${name.replaceAll(/[^\w+-]/g, '-')}`;
  return (
    <div className="lab-figure">
      <div ref={place}>{children}</div>
      <p className="lab-save">
        <button
          type="button"
          aria-label={`${title}: SVG`}
          title={text.saveFigure}
          onClick={() => {
            const drawing = svg();
            if (drawing) save(`${file}.svg`, svgOf(drawing), 'image/svg+xml');
          }}
        >
          SVG
        </button>
        <button
          type="button"
          aria-label={`${title}: PNG`}
          title={text.saveFigure}
          onClick={() => {
            const drawing = svg();
            if (drawing) void pngOf(drawing).then((png) => save(`${file}.png`, png, 'image/png'));
          }}
        >
          PNG
        </button>
      </p>
    </div>
  );
}
