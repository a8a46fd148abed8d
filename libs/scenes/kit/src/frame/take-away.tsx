import { useState } from 'react';
import type { ReactNode } from 'react';
import { useScene } from '../define.tsx';
import type { FigureTable } from '../description.ts';
import { useHost } from '../host.ts';
import { commandOf } from '../run/job.ts';
import type { Job } from '../run/job.ts';
import type { RunView } from '../run/run-state.ts';
import { csvOf, pngOf, save, svgOf } from './export.ts';
import { curlOf, submissionOf } from './submission.ts';
import { frameWords } from './words.ts';

/** What a model was given and what it gave: enough to run it again and to find the same. */
export interface ModelRecord {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly seeds: readonly number[];
  readonly results: unknown;
}

interface TakeAwayProps {
  readonly jobs: readonly Job[];
  readonly runs: readonly RunView[];
  readonly model: ModelRecord | null;
  readonly table: FigureTable;
}

/** Everything that leaves the page: the command, the records, the figure, the numbers, a link. */
export function TakeAway({ jobs, runs, model, table }: TakeAwayProps): ReactNode {
  const { scene } = useScene();
  const { locale, hide } = useHost();
  const words = frameWords[locale];
  const records = [
    ...runs.flatMap(({ record }) => record ?? []),
    ...(model === null ? [] : [{ scene: scene.id, ...model }]),
  ];
  const started = runs.flatMap(({ spec, job }) => (spec === null ? [] : submissionOf(spec, job.seed)));
  const drawing = (button: Element): SVGSVGElement | null =>
    button.closest('[data-scene]')?.querySelector<SVGSVGElement>('.scene-drawing svg') ?? null;
  const saveRecords = (): void =>
    save(`${scene.id}.json`, JSON.stringify(records.length === 1 ? records[0] : records, null, 2), 'application/json');
  return (
    <div className="scene-take">
      {jobs.length === 0 || hide.has('command') ? null : (
        <details>
          <summary>{words.yourself}</summary>
          <p>{words.yourselfHelp}</p>
          <Copyable text={jobs.map(commandOf).join('\n')} name="command" />
          {started.length === 0 ? null : (
            <>
              <p>{words.service}</p>
              <Copyable text={started.map(curlOf).join('\n')} name="submission" />
            </>
          )}
        </details>
      )}
      {hide.has('share') ? null : (
        <details>
          <summary>{words.share}</summary>
          <Link />
          <div className="scene-buttons">
            <button
              type="button"
              data-action="record"
              disabled={records.length === 0}
              title={words.recordHelp}
              onClick={saveRecords}
            >
              {words.record}
            </button>
            <button type="button" data-action="csv" onClick={() => save(`${scene.id}.csv`, csvOf(table), 'text/csv')}>
              {words.saveCsv}
            </button>
            <button
              type="button"
              data-action="svg"
              onClick={({ currentTarget }) => {
                const svg = drawing(currentTarget);
                if (svg) save(`${scene.id}.svg`, svgOf(svg), 'image/svg+xml');
              }}
            >
              {words.saveSvg}
            </button>
            <button
              type="button"
              data-action="png"
              onClick={({ currentTarget }) => {
                const svg = drawing(currentTarget);
                if (svg) void pngOf(svg).then((png) => save(`${scene.id}.png`, png, 'image/png'));
              }}
            >
              {words.savePng}
            </button>
          </div>
        </details>
      )}
    </div>
  );
}

/** The address of the scene with the present settings; also as a QR code, for a class. */
function Link(): ReactNode {
  const { scene, state } = useScene();
  const { locale, addressOf } = useHost();
  const words = frameWords[locale];
  const [code, setCode] = useState<string | null>(null);
  const address = addressOf(scene.id, state);
  return (
    <>
      <p>{words.shareHelp}</p>
      <Copyable text={address} name="link" />
      <button
        type="button"
        data-action="qr"
        onClick={() => void import('uqr').then(({ renderSVG }) => setCode(renderSVG(address)))}
      >
        {words.qr}
      </button>
      {code === null ? null : (
        <img className="scene-qr" alt={address} src={`data:image/svg+xml,${encodeURIComponent(code)}`} />
      )}
    </>
  );
}

/** Text to copy; the button says that it did. */
export function Copyable({ text, name }: { readonly text: string; readonly name: string }): ReactNode {
  const { locale } = useHost();
  const words = frameWords[locale];
  const [copied, setCopied] = useState<string | null>(null);
  return (
    <div className="copyable">
      <pre tabIndex={0} data-copy={name}>
        <code>{text}</code>
      </pre>
      <button type="button" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}>
        {words.copy}
      </button>
      <span role="status">{copied === text ? words.copied : ''}</span>
    </div>
  );
}
