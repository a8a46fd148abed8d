/** What decides how strongly one event is written, each from 0 (none) to 1. */
export interface Event {
  /** Share of attention that the event gets. */
  readonly attention: number;
  /** How rewarding it is; dopamine signals it. */
  readonly reward: number;
  /** How surprising or arousing it is; noradrenaline signals it. */
  readonly surprise: number;
}

export interface Gains {
  readonly base: number;
  readonly dopamine: number;
  readonly noradrenaline: number;
}

/** Learning rate for one event, at most 1: base · attention · (1 + dopamine · reward + noradrenaline · surprise). */
export const encodingRate = ({ attention, reward, surprise }: Event, gains: Gains): number =>
  Math.min(1, gains.base * attention * (1 + gains.dopamine * reward + gains.noradrenaline * surprise));
