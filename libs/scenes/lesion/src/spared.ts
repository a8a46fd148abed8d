import type { Rng } from '@engram/random';

/** Trials of mirror drawing: three days of ten, as with H.M. (Milner 1962). */
export const trialsPerDay = 10;
export const days = 3;

const strokes = 20;
const skillRate = 0.006;
const tremor = 0.08;

/**
 * Errors in mirror drawing per trial, as the mean distance of a stroke of length 1 from where it should go.
 *
 * A linear controller M turns the wished direction d into a movement, the mirror T = diag(1, −1) shows T·M·d, and what is
 * seen to be wrong corrects M: ΔM = −rate · Tᵀ(T·M·d − d)·dᵀ. Nothing in it belongs to the two stores, so a lesion cannot
 * change it: spared by construction.
 */
export function practiseMirrorDrawing(rng: Rng): readonly number[] {
  const controller = { a: 1, b: 0, c: 0, d: 1 };
  return Array.from({ length: trialsPerDay * days }, () => {
    let error = 0;
    for (let stroke = 0; stroke < strokes; stroke++) {
      const [x, y] = direction(rng);
      const movedX = controller.a * x + controller.b * y + tremor * rng.normal();
      const movedY = controller.c * x + controller.d * y + tremor * rng.normal();
      const [wrongX, wrongY] = [movedX - x, -movedY - y];
      error += Math.sqrt(wrongX * wrongX + wrongY * wrongY) / strokes;
      controller.a -= skillRate * wrongX * x;
      controller.b -= skillRate * wrongX * y;
      controller.c += skillRate * wrongY * x;
      controller.d += skillRate * wrongY * y;
    }
    return error;
  });
}

/** A unit vector in a random direction: a point in the unit disc, drawn again if too near its centre to be turned into one. */
function direction(rng: Rng): readonly [number, number] {
  for (;;) {
    const [x, y] = [2 * rng.float() - 1, 2 * rng.float() - 1];
    const length = Math.sqrt(x * x + y * y);
    if (length <= 1 && length > 0.01) return [x / length, y / length];
  }
}

const secondsPerDigit = 0.27;
const traceSeconds = { mean: 2, spread: 0.25 };
const lists = 40;

/**
 * Digit span: the longest list that is repeated without error in at least half of the attempts.
 *
 * Digits are kept by saying them silently round and round, 0.27 s each; a trace that is not refreshed within about two
 * seconds is gone (the phonological loop, Baddeley, Thomson & Buchanan 1975). No store of the model takes part.
 */
export function digitSpan(rng: Rng): number {
  const isRepeated = (length: number) =>
    Array.from({ length }, () => traceSeconds.mean + traceSeconds.spread * rng.normal()).every(
      (lasts) => lasts >= length * secondsPerDigit,
    );
  let span = 0;
  for (;;) {
    const right = Array.from({ length: lists }, () => isRepeated(span + 1)).filter(Boolean).length;
    if (right < lists / 2) return span;
    span += 1;
  }
}
