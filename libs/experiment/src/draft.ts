import { suggestion } from './nearest.ts';
import { SpecError } from './errors.ts';

/** A specification while it is put together: plain JSON, and for every value where it came from. */
export interface Draft {
  readonly root: JsonObject;
  readonly origins: Map<string, string>;
}

export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Sets the value at a path such as `optimizer.learningRate`, making objects on the way. */
export function put({ root, origins }: Draft, path: string, value: unknown, source: string): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  const parent = keys.reduce<JsonObject>((object, key) => {
    const next = object[key];
    if (isObject(next)) return next;
    const made: JsonObject = {};
    object[key] = made;
    return made;
  }, root);
  parent[last] = value;
  origins.set(path, source);
}

/** Lays a fragment over the draft, leaf by leaf; arrays replace arrays. */
export function overlay(draft: Draft, fragment: JsonObject, source: string, prefix = ''): void {
  for (const [key, value] of Object.entries(fragment)) {
    const path = `${prefix}${key}`;
    if (isObject(value)) overlay(draft, value, source, `${path}.`);
    else put(draft, path, value, source);
  }
}

/**
 * Sets a value that must already be there: `strategies.ewc.lambda=1e3`, `strategies.0.lambda=1e3`,
 * `training.batchSize=64`, or is `optional`. The value is read as JSON, or as text where it is none.
 */
export function assign(draft: Draft, assignment: string, source: string, optional: readonly string[] = []): void {
  const equals = assignment.indexOf('=');
  if (equals < 1) {
    throw new SpecError(
      'unknown-setting',
      `A setting has the form path=value, for example training.batchSize=64; got "${assignment}".`,
    );
  }
  const path = assignment.slice(0, equals);
  const value = parseValue(assignment.slice(equals + 1));
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let parent: JsonObject = draft.root;
  for (const [depth, key] of keys.entries()) {
    const next = child(parent, key, keys.slice(0, depth), path);
    if (!isObject(next)) throw unknownKey(path, keys[depth + 1] ?? last, keys.slice(0, depth + 1), []);
    parent = next;
  }
  if (!(last in parent) && !optional.includes(path)) throw unknownKey(path, last, keys, Object.keys(parent));
  parent[last] = value;
  draft.origins.set(path, source);
}

function child(parent: JsonObject, key: string, above: readonly string[], path: string): unknown {
  const next = parent[key];
  if (Array.isArray(next)) return listAsObject(next);
  if (next === undefined) throw unknownKey(path, key, above, Object.keys(parent));
  return next;
}

/** A list of named things, so that a path may give an index or a name. */
const listAsObject = (list: readonly unknown[]): JsonObject =>
  Object.fromEntries(
    list.flatMap((item, i) => [
      [String(i), item] as const,
      ...(isObject(item) && typeof item['name'] === 'string' ? [[item['name'], item] as const] : []),
    ]),
  );

function unknownKey(path: string, key: string, above: readonly string[], known: readonly string[]): SpecError {
  const where = above.length === 0 ? 'The specification' : above.join('.');
  const names = known.filter((name) => !/^\d+$/.test(name));
  const advice = names.length === 0 ? 'It holds no further settings.' : suggestion(key, names);
  return new SpecError('unknown-setting', `${where} has no "${key}" (in ${path}). ${advice}`);
}

const parseValue = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
