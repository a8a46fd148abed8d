import { CliError, exitCodes } from './exit.ts';

/** The seeds of `--seeds`: "5" means 0 to 4, "2..6" that range, "1,4,9" those. */
export function parseSeeds(text: string): readonly number[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (range !== null) {
    const from = Number(range[1]);
    const to = Number(range[2]);
    if (to >= from && to - from < 10_000) return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  } else if (/^[1-9]\d{0,3}$/.test(text)) {
    return Array.from({ length: Number(text) }, (_, i) => i);
  } else if (/^\d+(,\d+)+$/.test(text)) {
    return [...new Set(text.split(',').map(Number))];
  }
  throw new CliError(
    exitCodes.usage,
    `--seeds takes a count ("5"), a range ("0..4") or a list ("1,4,9"); got "${text}".`,
  );
}

/** The seeds of a command: --seed, --seeds, or the default. */
export function seedsOf(
  { seed, seeds }: { readonly seed?: number | undefined; readonly seeds?: string | undefined },
  otherwise: readonly number[],
): readonly number[] {
  if (seed !== undefined && seeds !== undefined)
    throw new CliError(exitCodes.usage, 'Give --seed or --seeds, not both.');
  if (seed !== undefined) return [seed];
  return seeds === undefined ? otherwise : parseSeeds(seeds);
}
