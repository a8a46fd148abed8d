/** Which role a file of an upload plays, told by its name; what it holds is checked when it is read. */
export type FileKind =
  | { readonly kind: 'csv' }
  | { readonly kind: 'zip' }
  /** `name` is the one under which it is kept. */
  | { readonly kind: 'idx'; readonly name: string };

/** Undefined for a name that says nothing. A `.gz` at the end is taken off first. */
export function kindOf(filename: string): FileKind | undefined {
  const name = filename.toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.csv')) return { kind: 'csv' };
  if (name.endsWith('.zip')) return { kind: 'zip' };
  const idx = /^(train|t10k|test)\b.*-(images|labels)\b/.exec(name);
  return idx === null ? undefined : { kind: 'idx', name: `${idx[1] ?? ''}-${idx[2] ?? ''}-idx` };
}
