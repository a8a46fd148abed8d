import * as z from 'zod/mini';

/**
 * Fields of a scene's state. What a link holds is never trusted: a number is pulled into its range, anything else that
 * does not fit becomes the default. So an old or a hand-made link always opens.
 */

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Distance of the values that a control can reach; 1 means whole numbers. */
  readonly step?: number;
  readonly initial: number;
}

/** A number in a range, moved to the nearest allowed value. */
export const inRange = ({ min, max, step, initial }: NumberRange) =>
  z.catch(
    z.pipe(
      z.number(),
      z.transform((value: number) => {
        const stepped = step === undefined ? value : min + Math.round((value - min) / step) * step;
        return Number(Math.min(max, Math.max(min, stepped)).toPrecision(12));
      }),
    ),
    initial,
  );

/** One of a few words. */
export const oneOf = <const Choice extends string>(choices: readonly [Choice, ...Choice[]], initial: NoInfer<Choice>) =>
  z.catch(z.enum(choices), initial);

/** Some of a few words, each at most once, in the order of `choices`. */
export const someOf = <const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
  initial: readonly NoInfer<Choice>[],
) =>
  z.catch(
    z.pipe(
      z.array(z.enum(choices)),
      z.transform((chosen: Choice[]) => choices.filter((choice) => chosen.includes(choice))),
    ),
    [...initial],
  );

export const flag = (initial: boolean) => z.catch(z.boolean(), initial);

/** A seed of a run: a whole number from 0 to 999,999. */
export const seed = (initial = 0) => inRange({ min: 0, max: 999_999, step: 1, initial });

/** A state made of such fields; unknown keys are left out. `stateOf({…}).parse({})` is the initial state. */
export const stateOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.object(shape);
