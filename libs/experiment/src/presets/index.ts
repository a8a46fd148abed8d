import type { Scenario, StrategyName } from '@engram/contracts';
import { strategyNames } from '@engram/contracts';
import { permutedMnist, rotatedMnist } from './permuted.ts';
import { splitCifar10, splitCifar100 } from './photographs.ts';
import type { PresetDefinition } from './sourced.ts';
import { classContinualMnist, splitFashionMnist, splitMnist } from './split.ts';

export const presetDefinitions: readonly PresetDefinition[] = [
  splitMnist,
  permutedMnist,
  splitFashionMnist,
  rotatedMnist,
  classContinualMnist,
  splitCifar10,
  splitCifar100,
];

export interface PresetParameter {
  readonly path: string;
  readonly value: unknown;
  readonly source: string;
}

/** A preset as it is listed. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly scenarios: readonly Scenario[];
  readonly defaultScenario: Scenario;
  /** Every value of the protocol and of each strategy, with its source. */
  parameters(scenario: Scenario): readonly PresetParameter[];
}

export const presets: readonly Preset[] = presetDefinitions.map((definition) => ({
  name: definition.name,
  title: definition.title,
  summary: definition.summary,
  scenarios: definition.scenarios,
  defaultScenario: definition.defaultScenario,
  parameters: (scenario) => [
    ...Object.entries(definition.settings(scenario)).map(([path, sourced]) => ({ path, ...sourced })),
    ...strategyNames.flatMap((name) => strategyParameters(definition, scenario, name)),
  ],
}));

/** The settings of one strategy in a preset, as `strategies.<name>.<path>`. */
export const strategyParameters = (
  definition: PresetDefinition,
  scenario: Scenario,
  name: StrategyName,
): readonly PresetParameter[] =>
  Object.entries(definition.strategies(scenario)[name]).map(([path, sourced]) => ({
    path: `strategies.${name}.${path}`,
    ...sourced,
  }));
