import type { RunStatus } from '@engram/contracts/service';
import type { Locale, SceneText } from '@engram/scene-kit/static';
import type { PresetName, State } from './experiment.ts';
import type { Family, Trait } from './strategies.ts';
import { en } from './words.en.ts';
import { ko } from './words.ko.ts';

export interface LabText extends SceneText {
  readonly parts: Readonly<Record<'tasks' | 'network' | 'strategies' | 'run', string>>;
  readonly benchmark: string;
  readonly benchmarks: Readonly<Record<PresetName, string>>;
  readonly scenario: string;
  readonly scenarios: Readonly<Record<'task' | 'domain' | 'class', string>>;
  readonly data: string;
  readonly datasets: Readonly<Record<State['data'], string>>;
  readonly tasks: string;
  readonly hidden: string;
  readonly layers: string;
  readonly iterations: string;
  readonly batch: string;
  readonly families: Readonly<Record<Family, string>>;
  readonly none: string;
  /** Why a combination is left out; `names` are the strategies it is about. */
  readonly misfits: Readonly<Record<Trait, (names: string) => string>>;
  readonly where: string;
  readonly places: Readonly<Record<State['where'], string>>;
  readonly seed: string;
  readonly newSeed: string;
  readonly seeds: string;
  readonly seedsHelp: string;
  readonly more: string;
  readonly moreLabel: string;
  readonly moreHelp: string;
  readonly plan: (runs: number) => string;
  readonly clear: string;
  readonly keep: string;
  readonly keepHelp: string;
  readonly forget: string;
  /** Marks networks of an earlier start: "1st try". */
  readonly earlier: (turn: number) => string;
  readonly accuracy: string;
  readonly learned: string;
  readonly tested: string;
  readonly curves: string;
  readonly comparison: string;
  readonly network: string;
  readonly kept: string;
  readonly forgotten: string;
  readonly time: string;
  readonly spreadNote: string;
  readonly matrix: (label: string) => string;
  readonly matrixHelp: string;
  readonly saveFigure: string;
  readonly average: (label: string) => string;
  readonly ended: (label: string, percent: string) => string;
  readonly units: (label: string) => string;
  readonly imagined: (label: string) => string;
  readonly code: string;
  readonly codeHelp: string;
  readonly saveSpec: string;
  readonly weights: string;
  readonly weightsHelp: string;
  readonly noWeights: string;
  readonly serviceHelp: string;
  readonly statuses: Readonly<Record<RunStatus, string>>;
}

export const labText: Readonly<Record<Locale, LabText>> = { en, ko };
