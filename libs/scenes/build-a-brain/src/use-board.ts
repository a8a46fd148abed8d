import { useCallback, useEffect, useState } from 'react';
import { parseBoard, withEntry } from './leaderboard.ts';
import type { Entry } from './leaderboard.ts';

const key = 'engram-build-a-brain';

/** The reader's board, kept in this browser where it lets us, otherwise for as long as the page is open. */
export function useBoard(): {
  readonly board: readonly Entry[];
  readonly add: (entry: Entry) => void;
  readonly clear: () => void;
} {
  const [board, setBoard] = useState<readonly Entry[]>([]);
  useEffect(() => setBoard(parseBoard(stored())), []);
  const change = useCallback(
    (next: (board: readonly Entry[]) => readonly Entry[]) =>
      setBoard((old) => {
        const changed = next(old);
        keep(JSON.stringify(changed));
        return changed;
      }),
    [],
  );
  const add = useCallback((entry: Entry) => change((old) => withEntry(old, entry)), [change]);
  const clear = useCallback(() => change(() => []), [change]);
  return { board, add, clear };
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // a browser may refuse storage altogether
    return null;
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // see `stored`
  }
}
