import { seriesStyle } from '@engram/charts';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Mask } from './gates.ts';

interface MaskGridProps {
  readonly label: string;
  readonly mask: Mask;
  /** Units that are open in the other task too are marked. */
  readonly other: Mask;
  readonly words: { readonly open: string; readonly closed: string; readonly both: string; readonly unit: string };
  readonly onChange: (mask: Mask) => void;
}

/** Open: the colour of gates; open in both tasks: the colour of what interferes, and a dot. */
const colours = { open: seriesStyle(2).colour, both: seriesStyle(1).colour };
const side = 10;
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -side, ArrowDown: side };

/** The gates of a layer to paint: by pressing and drawing over them, or with the arrow keys and the space bar. */
export function MaskGrid({ label, mask, other, words, onChange }: MaskGridProps): ReactNode {
  const [focus, setFocus] = useState(0);
  const [painting, setPainting] = useState<boolean | null>(null);
  const set = (unit: number, open: boolean): void => onChange(mask.map((old, i) => (i === unit ? open : old)));
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(mask.length - 1, Math.max(0, focus + step));
    setFocus(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      className="mask-grid"
      role="group"
      aria-label={label}
      onKeyDown={move}
      onPointerUp={() => setPainting(null)}
      onPointerLeave={() => setPainting(null)}
      style={{ display: 'grid', gridTemplateColumns: `repeat(${side}, 24px)`, gap: 2, touchAction: 'pan-y' }}
    >
      {mask.map((open, unit) => {
        const both = open && other[unit] === true;
        return (
          <button
            key={unit}
            type="button"
            tabIndex={unit === focus ? 0 : -1}
            aria-pressed={open}
            aria-label={`${words.unit} ${unit + 1}: ${both ? words.both : open ? words.open : words.closed}`}
            onFocus={() => setFocus(unit)}
            onPointerDown={(event) => {
              event.currentTarget.releasePointerCapture(event.pointerId);
              setPainting(!open);
              set(unit, !open);
            }}
            onPointerEnter={() => {
              if (painting !== null && painting !== open) set(unit, painting);
            }}
            onKeyDown={(event) => {
              if (event.key !== ' ' && event.key !== 'Enter') return;
              event.preventDefault();
              set(unit, !open);
            }}
            style={{
              width: 24,
              height: 24,
              minWidth: 0,
              minHeight: 0,
              padding: 0,
              lineHeight: 1,
              borderRadius: 4,
              border: '1px solid currentColor',
              color: 'inherit',
              background: open ? (both ? colours.both : colours.open) : 'transparent',
              opacity: open ? 1 : 0.45,
            }}
          >
            {both ? <span style={{ color: '#000' }}>●</span> : null}
          </button>
        );
      })}
    </div>
  );
}
