import { ClError, requireCompatible } from '@engram/cl-core';
import type { Strategy } from '@engram/cl-core';
import { DatasetName, ExperimentSpec, specVersion, strategyNames } from '@engram/contracts';
import type { Scenario, StrategyName } from '@engram/contracts';
import { buildStrategies } from './build.ts';
import { assign, isObject, overlay, put } from './draft.ts';
import type { Draft } from './draft.ts';
import { SpecError } from './errors.ts';
import { suggestion } from './nearest.ts';
import { presetDefinitions, strategyParameters } from './presets/index.ts';
import type { PresetDefinition } from './presets/sourced.ts';

/** What a specification may leave out, so that a preset need not have it. */
const optionalSettings = ['boundaries', 'taskInput'];

/** What is asked for: a preset, and what differs from it. */
export interface SpecRequest {
  readonly preset: string;
  readonly scenario?: string | undefined;
  /** Names joined by `+`, or `none`. */
  readonly strategy?: string | undefined;
  readonly tasks?: number | undefined;
  readonly iterations?: number | undefined;
  readonly batch?: number | undefined;
  readonly hidden?: readonly number[] | undefined;
  readonly learningRate?: number | undefined;
  /** `subset`, `full`, or a path to data of one's own. */
  readonly data?: string | undefined;
  /** Part of a specification, for example from a file. It comes before the settings above, after the preset. */
  readonly config?: unknown;
  /** `path=value`, last of all. */
  readonly set?: readonly string[] | undefined;
  /** Where each setting above was given, for `origins`; default: the setting's name. */
  readonly sources?: Readonly<Record<string, string>> | undefined;
}

export interface BuiltSpec {
  readonly spec: ExperimentSpec;
  readonly origins: readonly { readonly path: string; readonly value: unknown; readonly source: string }[];
  /** What is allowed but probably not meant. */
  readonly warnings: readonly string[];
}

/** The complete, checked specification of a request. Throws SpecError. */
export function buildSpec(request: SpecRequest): BuiltSpec {
  const preset = presetCalled(request.preset);
  const config = request.config ?? {};
  if (!isObject(config)) {
    throw new SpecError(
      'invalid',
      `A configuration is a JSON object with the members of an experiment; got ${JSON.stringify(config)}.`,
    );
  }
  const { strategies: configured, ...rest } = config;
  const scenario = scenarioOf(preset, request.scenario ?? rest['scenario']);
  const names = strategyList(request.strategy, configured);
  const draft: Draft = { root: {}, origins: new Map() };

  put(draft, 'version', specVersion, 'format');
  for (const [path, { value, source }] of Object.entries(preset.settings(scenario))) put(draft, path, value, source);
  put(draft, 'scenario', scenario, request.scenario === undefined ? 'preset' : sourceOf(request, 'scenario'));
  overlay(draft, rest, sourceOf(request, 'config'));
  const flags = {
    tasks: 'stream.tasks',
    iterations: 'training.iterations',
    batch: 'training.batchSize',
    hidden: 'model.hidden',
    learningRate: 'optimizer.learningRate',
  } as const;
  for (const [name, path] of Object.entries(flags)) {
    const value = request[name as keyof typeof flags];
    if (value !== undefined) put(draft, path, value, sourceOf(request, name));
  }
  if (request.data !== undefined) putData(draft, request.data, sourceOf(request, 'data'));

  // strategies are drafts of their own, so that paths can name them
  const strategies = names.map((name) => {
    const own: Draft = { root: { name }, origins: new Map() };
    for (const { path, value, source } of strategyParameters(preset, scenario, name)) {
      put(own, path.slice(`strategies.${name}.`.length), value, source);
    }
    const fromConfig = entries(configured).find((entry) => isObject(entry) && entry['name'] === name);
    if (isObject(fromConfig)) overlay(own, fromConfig, sourceOf(request, 'config'));
    for (const [path, source] of own.origins)
      if (path !== 'name') draft.origins.set(`strategies.${name}.${path}`, source);
    return own.root;
  });
  draft.root['strategies'] = strategies;
  for (const assignment of request.set ?? []) assign(draft, assignment, sourceOf(request, 'set'), optionalSettings);

  const spec = parseSpec(draft.root);
  requirePossible(spec);
  const origins = [...draft.origins].map(([path, source]) => ({ path, value: valueAt(draft.root, path), source }));
  return { spec, origins, warnings: specWarnings(spec) };
}

/** A specification from JSON; every problem is named with its path. Throws SpecError `invalid`. */
export function parseSpec(json: unknown): ExperimentSpec {
  const parsed = ExperimentSpec.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const got = valueAt(json, issue.path.join('.'));
    return `${issue.path.join('.') || 'the whole'}: ${issue.message}${got === undefined ? '' : `, got ${JSON.stringify(got)}`}`;
  });
  throw new SpecError('invalid', `This experiment cannot be run. ${problems.join('; ')}.`);
}

/** Throws SpecError `impossible` where a strategy contradicts the scenario or another strategy. */
export function requirePossible(spec: ExperimentSpec): void {
  try {
    const strategies = buildStrategies(spec.strategies);
    requireCompatible(strategies, spec.scenario);
    requireBlurrable(spec, strategies);
  } catch (error) {
    if (error instanceof ClError) throw new SpecError('impossible', error.message);
    throw error;
  }
}

/** A specification with other values at some paths (`strategies.ewc.lambda`), checked again. Throws SpecError. */
export function changedSpec(spec: ExperimentSpec, settings: Readonly<Record<string, unknown>>): ExperimentSpec {
  const draft: Draft = { root: { ...structuredClone(spec) }, origins: new Map() };
  for (const [path, value] of Object.entries(settings)) assign(draft, `${path}=${JSON.stringify(value)}`, 'change');
  const changed = parseSpec(draft.root);
  requirePossible(changed);
  return changed;
}

/** Throws SpecError where a setting of the stream contradicts the scenario or a strategy. */
function requireBlurrable({ boundaries, taskInput, scenario }: ExperimentSpec, strategies: readonly Strategy[]): void {
  if (taskInput === true && scenario !== 'task') {
    throw new SpecError(
      'impossible',
      `taskInput tells the network the task, but in the ${scenario} scenario nobody knows it. Choose the task scenario.`,
    );
  }
  if (boundaries === undefined) return;
  const bound = strategies.find(({ requiresTask, requiresNewClasses }) => requiresTask ?? requiresNewClasses);
  if (scenario === 'task' || bound !== undefined) {
    throw new SpecError(
      'impossible',
      `Without sharp boundaries nothing says which task a row belongs to, but ${bound?.name ?? 'the task scenario'} needs that. Choose the domain or class scenario with strategies such as er, ewc, si or dgr, or leave boundaries out.`,
    );
  }
}

/** `ewc+xdg`, or `none`. */
export const strategyLabel = (spec: ExperimentSpec): string =>
  spec.strategies.map(({ name }) => name).join('+') || 'none';

function presetCalled(name: string): PresetDefinition {
  const found = presetDefinitions.find((preset) => preset.name === name);
  if (found !== undefined) return found;
  const known = presetDefinitions.map((preset) => preset.name);
  throw new SpecError('unknown-preset', `There is no preset "${name}". ${suggestion(name, known)}`);
}

function scenarioOf(preset: PresetDefinition, wanted: unknown): Scenario {
  if (wanted === undefined) return preset.defaultScenario;
  const asked = typeof wanted === 'string' ? wanted : JSON.stringify(wanted);
  const found = preset.scenarios.find((scenario) => scenario === asked);
  if (found !== undefined) return found;
  throw new SpecError(
    'unknown-scenario',
    `${preset.name} has no scenario "${asked}". ${suggestion(asked, preset.scenarios)}`,
  );
}

function strategyList(asked: string | undefined, configured: unknown): readonly StrategyName[] {
  const fromConfig = Array.isArray(configured)
    ? configured.map((entry) => (isObject(entry) ? String(entry['name']) : String(entry)))
    : [];
  const names = asked === undefined ? fromConfig : asked.split('+').filter((name) => name !== 'none');
  return names.map((name) => {
    const found = strategyNames.find((known) => known === name.trim());
    if (found !== undefined) return found;
    throw new SpecError(
      'unknown-strategy',
      `There is no strategy "${name}". ${suggestion(name, ['none', ...strategyNames])}`,
    );
  });
}

function putData(draft: Draft, data: string, source: string): void {
  if (data === 'subset' || data === 'full') {
    put(draft, 'data.size', data, source);
    return;
  }
  const named = DatasetName.safeParse(data);
  if (named.success) {
    put(draft, 'data.dataset', named.data, source);
    return;
  }
  draft.root['data'] = {};
  for (const path of [...draft.origins.keys()]) if (path.startsWith('data.')) draft.origins.delete(path);
  put(draft, 'data.source', 'own', source);
  put(draft, 'data.path', data, source);
}

/** The members of what may be a list. */
const entries = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const sourceOf = (request: SpecRequest, setting: string): string => request.sources?.[setting] ?? setting;

const valueAt = (root: unknown, path: string): unknown =>
  path
    .split('.')
    .filter((key) => key !== '')
    .reduce<unknown>((value, key) => {
      if (Array.isArray(value)) {
        return value.find((item, i) => String(i) === key || (isObject(item) && item['name'] === key)) as unknown;
      }
      return isObject(value) ? value[key] : undefined;
    }, root);

/** What is allowed but probably not meant. */
export function specWarnings(spec: ExperimentSpec): readonly string[] {
  const strategies = buildStrategies(spec.strategies);
  const onlyAnchored = strategies.length > 0 && strategies.every(({ penalty, rehearse }) => penalty && !rehearse);
  if (spec.scenario !== 'class' || !onlyAnchored || spec.stream.tasks === 1) return [];
  return [
    `${strategyLabel(spec)} holds on to weights but never shows old classes beside new ones, so in the class scenario accuracy will collapse. That is a known result, not a wrong setting; replay (er) works there.`,
  ];
}
