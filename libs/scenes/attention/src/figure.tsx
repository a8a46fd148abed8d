import { BarsChart, LinesChart } from '@engram/charts';
import type { FigureTable, Format } from '@engram/scene-kit/static';
import type { ReactNode } from 'react';
import type { Findings, State } from './experiment.ts';
import type { Text } from './messages.en.ts';
import { kinds } from './stream.ts';

interface AttentionFigureProps {
  readonly findings: Findings;
  readonly view: State['view'];
  readonly text: Text;
  readonly format: Format;
}

export function summaryOf({ recalled, judgement }: Findings, view: State['view'], text: Text, format: Format): string {
  const share = (kind: (typeof kinds)[number]) => format.percent(recalled[kind].mean);
  return view === 'stream'
    ? text.summary(share('neutral'), share('surprising'), share('rewarded'), share('unattended'))
    : text.episodeSummary(format.percent(judgement.lived), format.percent(judgement.remembered));
}

/** What is left of each kind of event, or what each moment of an episode weighs afterwards. */
export function AttentionFigure({ findings, view, text, format }: AttentionFigureProps): ReactNode {
  const { recalled, episode, judgement } = findings;
  const name = { title: text.views[view], description: summaryOf(findings, view, text, format) };
  return (
    <>
      {view === 'stream' ? (
        <BarsChart
          {...name}
          id="attention-stream"
          to={1}
          bars={kinds.map((kind, look) => ({
            label: text.kinds[kind],
            value: recalled[kind].mean,
            spread: recalled[kind].spread,
            look,
            shown: format.percent(recalled[kind].mean),
          }))}
        />
      ) : (
        <LinesChart
          {...name}
          id="attention-episode"
          x={{ label: text.moment, from: 1, to: episode.length, format: (moment) => format.number(moment, 0) }}
          y={{ label: `${text.intensity}, ${text.weight}`, from: 0, to: 1, format: format.percent }}
          series={[
            { label: text.intensity, look: 1, points: episode.map((y, i) => ({ x: i + 1, y })) },
            { label: text.weight, look: 0, points: judgement.weights.map((y, i) => ({ x: i + 1, y })) },
          ]}
        />
      )}
      <ul className="scene-notes">
        {text.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

export const tableOf = (findings: Findings, view: State['view'], text: Text, format: Format): FigureTable =>
  view === 'stream'
    ? {
        caption: text.views.stream,
        columns: [text.kind, text.recalled, text.spread],
        rows: kinds.map((kind) => [
          text.kinds[kind],
          format.percent(findings.recalled[kind].mean),
          format.percent(findings.recalled[kind].spread),
        ]),
      }
    : {
        caption: text.views.episode,
        columns: [text.moment, text.intensity, text.weight],
        rows: findings.episode.map((intensity, i) => [
          format.number(i + 1),
          format.percent(intensity),
          format.percent(findings.judgement.weights[i] ?? 0),
        ]),
      };
