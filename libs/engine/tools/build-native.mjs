// Builds the native kernels into build/engram.node, if a C compiler is there and the sources have changed. Needs no
// packages but node-api-headers; runs on any Node from 20.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { findCompiler, run, variantFlags, variants } from './compile.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const kernels = `${root}kernels/`;
const build = `${root}build/`;

/** `-fno-trapping-math`: a choice between two values may become vector code, since nothing here looks at exceptions. */
const flags = [
  '-O3',
  '-std=gnu11',
  '-fPIC',
  '-ffp-contract=fast',
  '-fno-math-errno',
  '-fno-trapping-math',
  '-fvisibility=hidden',
  '-Wall',
  '-Wextra',
  '-Werror',
];

function main() {
  if (platform === 'win32') return say('Native kernels are not built on Windows yet; training uses a slower engine.');
  const hash = createHash('sha256').update(`${platform} ${arch} ${JSON.stringify([variants, flags])}`);
  for (const file of [...readdirSync(kernels).filter((name) => /\.[ch]$/.test(name))].sort())
    hash.update(readFileSync(kernels + file));
  const wanted = hash.digest('hex');
  const stamp = `${build}engram.sha256`;
  if (existsSync(`${build}engram.node`) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const compiler = findCompiler();
  if (!compiler) {
    return say(
      'No C compiler was found, so the native kernels are not built and training uses a slower engine. Install gcc or clang and run this again.',
    );
  }
  mkdirSync(build, { recursive: true });
  const headers = createRequire(import.meta.url)('node-api-headers').include_dir;
  const objects = [];
  const compile = (source, object, own) => {
    objects.push(object);
    return run(compiler, [...flags, ...own, '-c', kernels + source, '-o', object]);
  };
  const compiled =
    variants.every((variant) => compile('kernels.c', `${build}kernels-${variant.name}.o`, variantFlags(variant))) &&
    compile('addon.c', `${build}addon.o`, ['-I', headers]);
  const undefinedSymbols = platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
  const linked =
    compiled && run(compiler, ['-shared', ...undefinedSymbols, '-o', `${build}engram.node.part`, ...objects, '-lm']);
  if (!linked) {
    return say(
      `The native kernels could not be built with ${compiler}, so training uses a slower engine. The compiler's words are above.`,
    );
  }
  renameSync(`${build}engram.node.part`, `${build}engram.node`);
  writeFileSync(stamp, wanted);
  say(`Native kernels built with ${compiler} (${variants.map(({ name }) => name).join(', ')}).`);
}

const say = (sentence) => console.error(sentence);

main();
