import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const libs = join(import.meta.dirname, '..', '..');
const core = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'));

/** Every method that TensorFlow.js can give a tensor, with the file that does. */
const methods = globSync(join(core, 'dist/public/chained_ops/*.js')).flatMap((file) => {
  const name = /prototype\.(\w+) =/.exec(readFileSync(file, 'utf8'))?.[1];
  return name === undefined ? [] : [{ name, file: basename(file) }];
});

it('a page has every operation that the libraries call as a method', () => {
  const registered = readFileSync(join(import.meta.dirname, 'chained-ops.browser.ts'), 'utf8');
  const source = globSync(`${libs}/{cl-core,engine,experiment,scenes/*}/src/**/*.ts`)
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const missing = methods.filter(
    ({ name, file }) =>
      new RegExp(`(?<!\\btf\\s*)\\.${name}(<[^>(]*>)?\\(`).test(source) && !registered.includes(`/${file}'`),
  );
  expect(missing.map(({ file }) => file)).toEqual([]);
});
