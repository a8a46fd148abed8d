import type { Scenario, StrategyName } from '@engram/contracts';

/** A value and where it comes from: a paper or its code, or our own measurement. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
}

export const from =
  (source: string) =>
  <T>(value: T): Sourced<T> => ({ value, source });

/** van de Ven, Tuytelaars & Tolias 2022, Nat Mach Intell 4:1185, and the code published with it. */
export const threeTypes = from('van de Ven et al. 2022, doi:10.1038/s42256-022-00568-3, published code');
/** van de Ven, Siegelmann & Tolias 2020, Nat Commun 11:4069, and the code published with it. */
export const brainInspired = from('van de Ven et al. 2020, doi:10.1038/s41467-020-17866-2, published code');
/** Hayes & Kanan 2020, CVPR Workshops. */
export const streamingLda = from('Hayes & Kanan 2020, arXiv:1909.01520');
/** Zhang et al. 2023, Sci Adv 9:eadi2947, and the code published with it. */
export const neuromodulated = from('Zhang et al. 2023, doi:10.1126/sciadv.adi2947, published code');
export const ours = from('our choice');
export const usual = from('usual default');

export type Settings = Readonly<Record<string, Sourced<unknown>>>;

/** One preset: a benchmark's protocol, with every value's source. Paths are those of the experiment specification. */
export interface PresetDefinition {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly scenarios: readonly Scenario[];
  readonly defaultScenario: Scenario;
  /** Everything but the strategies, by path. */
  settings(scenario: Scenario): Settings;
  /** Settings of each strategy, by name. */
  strategies(scenario: Scenario): Readonly<Record<StrategyName, Settings>>;
}
