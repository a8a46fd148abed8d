/** What a digit's dreams look like and what is made of them, at one moment. */
export interface Dreamed {
  readonly digit: number;
  /** Some of the dreams, one after the other, 28 × 28 grey values each. */
  readonly pictures: Uint8Array;
  /** Dreams that were asked for this digit. */
  readonly asked: number;
  /** Shares of them that the dreaming network, and that the judge, take for this digit. */
  readonly named: number;
  readonly judged: number;
}

/** What the probe tells of the dreaming network. */
export interface Night {
  readonly dreams: readonly Dreamed[];
  /** Training pictures that the strategy holds. */
  readonly stored: number;
}

/** Dreams in one row after another, with what two networks take them for. */
export interface Batch {
  readonly pixels: Float32Array;
  readonly size: number;
  readonly names: Int32Array;
  readonly verdicts: Int32Array;
}

/** What a digit's dreams are, given which rows of a batch were dreamed for it; up to `shown` of them as pictures. */
export function dreamed(digit: number, rows: readonly number[], batch: Batch, shown: number): Dreamed {
  const { pixels, size, names, verdicts } = batch;
  const share = (answers: Int32Array): number =>
    rows.length === 0 ? 0 : rows.filter((row) => answers[row] === digit).length / rows.length;
  const pictures = new Uint8Array(Math.min(shown, rows.length) * size);
  rows.slice(0, shown).forEach((row, i) => {
    for (let k = 0; k < size; k++) pictures[i * size + k] = Math.round(255 * (pixels[row * size + k] ?? 0));
  });
  return { digit, pictures, asked: rows.length, named: share(names), judged: share(verdicts) };
}

/** Training examples kept anywhere inside a strategy's state: whatever has an `input` with numbers in it. */
export function storedExamples(state: unknown): number {
  if (typeof state !== 'object' || state === null || ArrayBuffer.isView(state)) return 0;
  if ('input' in state && ArrayBuffer.isView(state.input)) return 1;
  return Object.values(state).reduce<number>((sum, member) => sum + storedExamples(member), 0);
}
