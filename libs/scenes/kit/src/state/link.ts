/** States of scenes by their id, as a link carries them. */
export type LinkedStates = Readonly<Record<string, unknown>>;

export const linkVersion = 1;

/**
 * The value of `?s=`: `1.` and the states as base64url of JSON. Only what differs from the initial state is kept, so
 * links stay short and a later default does not change what an old link shows.
 */
export function encodeLink(states: LinkedStates): string {
  const bytes = new TextEncoder().encode(JSON.stringify(states));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `${linkVersion}.${btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** The states in a link; whatever cannot be read counts as no state at all. Each scene then validates its own. */
export function decodeLink(value: string | null): LinkedStates {
  if (value === null || !value.startsWith(`${linkVersion}.`)) return {};
  try {
    const text = atob(value.slice(2).replaceAll('-', '+').replaceAll('_', '/'));
    const json: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0))));
    return isRecord(json) ? json : {};
  } catch {
    return {};
  }
}

/** The members of `state` that differ from `initial`. */
export const difference = (
  state: Readonly<Record<string, unknown>>,
  initial: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(state).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(initial[key])),
  );

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
