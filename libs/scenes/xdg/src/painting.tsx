import { useState } from 'react';
import type { ReactNode } from 'react';
import type { SceneProps } from '@engram/scene-kit';
import { gatedFraction, units } from './experiment.ts';
import type { State } from './experiment.ts';
import { expectedOverlap, overlap, rolledMask } from './gates.ts';
import type { Mask } from './gates.ts';
import { MaskGrid } from './mask-grid.tsx';
import type { Text } from './messages.en.ts';

type Pair = readonly [Mask, Mask];

/** The gates of the first two tasks, as this seed rolls them, to change by hand. */
export function Painting({
  state,
  text,
  format,
}: Pick<SceneProps<State, Text>, 'state' | 'text' | 'format'>): ReactNode {
  const gated = gatedFraction(state);
  const rolled: Pair = [rolledMask(state.seed, gated, units, 0), rolledMask(state.seed, gated, units, 1)];
  const key = `${state.seed} ${gated}`;
  // what was painted belongs to the gates it was painted over
  const [painted, setPainted] = useState<{ readonly over: string; readonly masks: Pair }>();
  const [first, second] = painted?.over === key ? painted.masks : rolled;
  const paint = (masks: Pair): void => setPainted({ over: key, masks });
  return (
    <fieldset className="field choice" style={{ gridColumn: '1 / -1' }}>
      <legend>{text.paint}</legend>
      <small>{text.paintHelp}</small>
      <div className="side-by-side">
        <div>
          <p>{text.maskOf(1)}</p>
          <MaskGrid
            label={text.maskOf(1)}
            mask={first}
            other={second}
            words={text.cell}
            onChange={(mask) => paint([mask, second])}
          />
        </div>
        <div>
          <p>{text.maskOf(2)}</p>
          <MaskGrid
            label={text.maskOf(2)}
            mask={second}
            other={first}
            words={text.cell}
            onChange={(mask) => paint([first, mask])}
          />
        </div>
      </div>
      <p>
        <output data-metric="painted-overlap" data-value={overlap(first, second)}>
          {text.painted(format.percent(overlap(first, second)), format.percent(expectedOverlap(gated)))}
        </output>
      </p>
      <div className="scene-buttons">
        <button type="button" onClick={() => paint(rolled)}>
          {text.roll}
        </button>
        <button type="button" onClick={() => paint([first, second.map((open, i) => open && first[i] !== true)])}>
          {text.apart}
        </button>
      </div>
    </fieldset>
  );
}
