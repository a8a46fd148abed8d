import type { ReactNode } from 'react';
import { useScene } from '../define.tsx';
import type { Format } from '../description.ts';
import { useHost } from '../host.ts';
import { frameWords } from './words.ts';

/** A number that a scene is about. `name` is what tests and guesses find it by. */
export interface Metric {
  readonly name: string;
  readonly label: string;
  /** null before there is one */
  readonly value: number | null;
  readonly unit: 'percent' | 'number' | 'seconds';
}

export const shown = ({ unit }: Pick<Metric, 'unit'>, value: number, format: Format): string =>
  ({ percent: format.percent, number: format.number, seconds: format.seconds })[unit](value);

/** Every number with its label, readable by eye, by ear and by a test. */
export function Metrics({ metrics }: { readonly metrics: readonly Metric[] }): ReactNode {
  const { format } = useScene();
  const { locale } = useHost();
  if (metrics.every(({ value }) => value === null)) return null;
  return (
    <dl className="scene-metrics">
      {metrics.map((metric) => (
        <div key={metric.name}>
          <dt>{metric.label}</dt>
          <dd>
            <output data-metric={metric.name} data-value={metric.value ?? ''} aria-live="off">
              {metric.value === null ? frameWords[locale].noNumbersYet : shown(metric, metric.value, format)}
            </output>
          </dd>
        </div>
      ))}
    </dl>
  );
}
