import type { RunView } from '@engram/scene-kit';
import type { SeenWeights } from '@engram/scene-kit/worker';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Imagined } from './imagined.ts';
import { Pictures } from './pictures.tsx';
import type { Colouring } from './pictures.tsx';
import type { LabText } from './words.ts';

const shownUnits = 20;

interface InsideProps {
  readonly run: RunView;
  readonly label: string;
  readonly text: LabText;
}

/** What a probe saw last, as what that probe returns. */
const last = <Seen,>({ seen }: RunView, probe: string): Seen | undefined => seen[probe]?.at(-1)?.value as Seen;

/** What the first hidden units of a network look for, and what its generator makes up. */
export function Inside({ run, label, text }: InsideProps): ReactNode {
  const weights = last<readonly SeenWeights[]>(run, 'weights');
  const night = last<Imagined>(run, 'imagined');
  return (
    <>
      {weights === undefined ? null : <Units title={text.units(label)} weights={weights} />}
      {night === undefined ? null : (
        <figure className="lab-inside">
          <figcaption>{text.imagined(label)}</figcaption>
          <Pictures title={text.imagined(label)} values={night.pictures} side={night.side} colour={grey} />
        </figure>
      )}
    </>
  );
}

const grey: Colouring = (value) => [value, value, value];

interface UnitsProps {
  readonly title: string;
  readonly weights: readonly SeenWeights[];
}

/** The incoming weights of the first hidden units as pictures: orange draws the unit on, blue holds it back. */
function Units({ title, weights }: UnitsProps): ReactNode {
  const [first] = weights;
  const [inputs = 0, units = 0] = first?.shape ?? [];
  const side = Math.round(Math.sqrt(inputs));
  const count = Math.min(shownUnits, units);
  const values = useMemo(() => {
    const picked = Float32Array.from(
      { length: count * inputs },
      (_, i) => first?.values[(i % inputs) * units + Math.floor(i / inputs)] ?? 0,
    );
    const largest = picked.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
    return picked.map((value) => value / largest);
  }, [first, inputs, units, count]);
  if (first === undefined || side * side !== inputs) return null;
  return (
    <figure className="lab-inside">
      <figcaption>{title}</figcaption>
      <Pictures title={title} values={values} side={side} colour={drawnOrHeldBack} />
    </figure>
  );
}

const neutral = [245, 243, 238] as const;
const drawn = [176, 70, 0] as const;
const heldBack = [0, 90, 150] as const;

/** From blue over near white to orange; strong weights differ in lightness from weak ones, whatever colours one sees. */
const drawnOrHeldBack: Colouring = (value) => {
  const end = value > 0 ? drawn : heldBack;
  const share = Math.sqrt(Math.abs(value));
  const mix = (channel: 0 | 1 | 2): number => neutral[channel] + share * (end[channel] - neutral[channel]);
  return [mix(0), mix(1), mix(2)];
};
