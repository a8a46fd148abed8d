'use client';

import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';

type Depth = 'plain' | 'deep';
const key = 'engram.depth';

interface DepthChoiceProps {
  readonly label: string;
  readonly plain: string;
  readonly deep: string;
}

/** How deep to read: whether the technical parts are open. Remembered on this device. */
export function DepthChoice({ label, plain, deep }: DepthChoiceProps): ReactNode {
  const [depth, setDepth] = useState<Depth>('plain');
  const name = useId();
  const choose = (chosen: Depth): void => {
    setDepth(chosen);
    for (const part of document.querySelectorAll<HTMLDetailsElement>('details.technical'))
      part.open = chosen === 'deep';
  };
  useEffect(() => {
    if (remembered() === 'deep') choose('deep');
  }, []);
  return (
    <fieldset className="depth">
      <legend>{label}</legend>
      {(
        [
          ['plain', plain],
          ['deep', deep],
        ] as const
      ).map(([value, text]) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={depth === value}
            onChange={() => {
              choose(value);
              remember(value);
            }}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Storage can be switched off by the reader; then nothing is remembered. */
function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(depth: Depth): void {
  try {
    localStorage.setItem(key, depth);
  } catch {
    return;
  }
}
