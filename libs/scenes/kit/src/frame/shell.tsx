import type { ReactNode } from 'react';
import { DataTable } from '@engram/charts';
import type { Badge, FigureTable, Locale, SceneText } from '../description.ts';
import type { Heading, HideFlag } from '../host.ts';
import { frameWords } from './words.ts';

export interface ShellProps {
  readonly id: string;
  readonly locale: Locale;
  readonly text: SceneText;
  readonly badge: Badge;
  /** A sentence about where the numbers come from. */
  readonly source: string;
  readonly phase: 'idle' | 'loading' | 'running' | 'paused' | 'done' | 'error';
  readonly hide: ReadonlySet<HideFlag>;
  readonly heading: Heading;
  /** Between the claim and the figure. */
  readonly before?: ReactNode;
  readonly figure: ReactNode;
  /** Between the figure and the takeaway. */
  readonly after?: ReactNode;
}

/** The shape that every scene has, running or still: heading, figure, takeaway, bridge. No hooks. */
export function SceneShell({
  id,
  locale,
  text,
  badge,
  source,
  phase,
  hide,
  heading: Title,
  before,
  figure,
  after,
}: ShellProps): ReactNode {
  const words = frameWords[locale];
  return (
    <section
      className="scene"
      id={`scene-${id}`}
      data-scene={id}
      data-run-state={phase}
      lang={locale}
      aria-labelledby={`scene-${id}-title`}
    >
      <header className="scene-head">
        <Title id={`scene-${id}-title`} className={hide.has('title') ? 'visually-hidden' : undefined}>
          {text.title}
        </Title>
        {hide.has('claim') ? null : <p className="scene-claim">{text.claim}</p>}
      </header>
      {before}
      <figure className="scene-figure">
        {figure}
        <figcaption>
          <span className="badge" data-badge={badge}>
            {words.badge[badge]}
          </span>{' '}
          {words.badgeMeaning[badge]} {source}
        </figcaption>
      </figure>
      {after}
      {hide.has('takeaway') ? null : (
        <dl className="scene-lesson">
          <div>
            <dt>{words.takeaway}</dt>
            <dd>{text.takeaway}</dd>
          </div>
          <div>
            <dt>{words.bridge}</dt>
            <dd>{text.bridge}</dd>
          </div>
        </dl>
      )}
    </section>
  );
}

/** A table that scrolls inside itself on a narrow screen and can be reached by keyboard. */
export const ScrollingTable = ({ caption, columns, rows }: FigureTable): ReactNode => (
  <div className="scene-table" tabIndex={0} role="region" aria-label={caption}>
    <DataTable caption={caption} columns={columns} rows={rows} />
  </div>
);
