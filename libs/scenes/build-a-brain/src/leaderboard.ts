/** A trained brain on the reader's own board. */
export interface Entry {
  readonly parts: readonly string[];
  readonly hidden: number;
  /** Mean accuracy over all tasks at the end. */
  readonly accuracy: number;
  readonly multiplyAdds: number;
  readonly bytes: number;
  readonly weightsHash: string;
}

const mostEntries = 10;

/** The board with one more entry, best first; the same weights count once. */
export const withEntry = (board: readonly Entry[], entry: Entry): readonly Entry[] =>
  [...board.filter(({ weightsHash }) => weightsHash !== entry.weightsHash), entry]
    .sort((a, b) => b.accuracy - a.accuracy)
    .slice(0, mostEntries);

/** A board as it was kept in the browser; whatever does not look like one is no board. */
export function parseBoard(text: string | null): readonly Entry[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (value === null || typeof value !== 'object') return false;
  const { parts, hidden, accuracy, multiplyAdds, bytes, weightsHash } = value as Record<string, unknown>;
  return (
    Array.isArray(parts) &&
    parts.every((part) => typeof part === 'string') &&
    [hidden, accuracy, multiplyAdds, bytes].every((number) => typeof number === 'number') &&
    typeof weightsHash === 'string'
  );
}
