import { ESLint } from 'eslint';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const written: string[] = [];
afterEach(async () => {
  for (const path of written.splice(0)) await rm(path, { force: true });
});

/** The rules that object when a library holds this code. The file must be there: the rules ask the project graph. */
async function objections(library: string, code: string): Promise<string[]> {
  const path = join(root, 'libs', library, 'src', 'lint-rules-probe.ts');
  await writeFile(path, code);
  written.push(path);
  const [result] = await new ESLint({ cwd: root }).lintFiles([path]);
  return (result?.messages ?? []).flatMap(({ ruleId }) => ruleId ?? 'parsing');
}

it.each([
  ['metrics', "export { runExperiment } from '@engram/experiment';", '@nx/enforce-module-boundaries'],
  ['datasets', "export { ewc } from '@engram/cl-core';", '@nx/enforce-module-boundaries'],
  ['cl-core', "export { tensor } from '@tensorflow/tfjs';", '@nx/enforce-module-boundaries'],
  ['cl-core', "export { readFileSync } from 'node:fs';", 'no-restricted-imports'],
  ['experiment', 'export const folder = process.env;', 'no-restricted-globals'],
  ['metrics', 'export const anything = (value: any): number => value.length;', '@typescript-eslint/no-explicit-any'],
])('%s must not hold: %s', async (library, code, rule) => {
  expect(await objections(library, `${code}\n`)).toContain(rule);
});

it('allows what the layers allow', async () => {
  expect(await objections('cl-core', "export { splitTasks } from '@engram/datasets';\n")).toEqual([]);
});
