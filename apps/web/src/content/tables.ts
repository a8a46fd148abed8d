import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { contentFolder } from './folder.ts';

const inBoth = <Schema extends z.core.$ZodType>(schema: Schema) => ({ en: schema, ko: schema });

const GlossaryEntry = z.object({ id: z.string(), ...inBoth(z.object({ term: z.string(), text: z.string() })) });

const Reference = z.object({
  id: z.string(),
  authors: z.array(z.string()),
  year: z.number(),
  title: z.string(),
  venue: z.string(),
  doi: z.optional(z.string()),
  url: z.optional(z.string()),
});

const both = z.object(inBoth(z.string()));

const FidelityRow = z.object({
  id: z.string(),
  /** The scene that shows it, by the name in its address. */
  scene: z.string(),
  verdict: z.enum(['corrected', 'partly', 'holds']),
  article: both,
  paper: both,
  sources: z.array(z.string()),
  measured: z.nullable(z.extend(both, { runs: z.array(z.string()) })),
});

export type GlossaryEntry = z.infer<typeof GlossaryEntry>;
export type Reference = z.infer<typeof Reference>;

const read = <Schema extends z.ZodMiniType>(file: string, schema: Schema): z.infer<Schema>[] => {
  const path = join(contentFolder, file);
  return existsSync(path) ? z.array(schema).parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
};

export const glossary: readonly GlossaryEntry[] = read('glossary.json', GlossaryEntry);

export const fidelity = read('fidelity.json', FidelityRow);

/** In alphabetical order; a reference's number is its place, from 1. */
export const references: readonly Reference[] = read('references.json', Reference).sort((a, b) =>
  a.id < b.id ? -1 : 1,
);

/** "Bliss & Lømo 1973" */
export function shortReference({ authors, year }: Reference): string {
  const [first = '', second, ...more] = authors.map((author) => author.split(',')[0] ?? author);
  if (second === undefined) return `${first} ${year}`;
  return more.length > 0 || second === 'et al.' ? `${first} et al. ${year}` : `${first} & ${second} ${year}`;
}

export const addressOf = ({ doi, url }: Reference): string | undefined =>
  doi === undefined ? url : `https://doi.org/${doi}`;
