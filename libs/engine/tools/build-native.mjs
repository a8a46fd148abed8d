// Builds the native kernels into build/engram.node, if a C compiler is there and the sources have changed. Needs no
// packages but node-api-headers; runs on any Node from 20.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const kernels = `${root}kernels/`;
const build = `${root}build/`;

/** One compilation of kernels.c for each instruction set of this kind of processor. */
const variants =
  arch === 'x64'
    ? [
        {
          name: 'avx512',
          bytes: 64,
          rows: 12,
          flags: ['-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx2', '-mfma', '-mprefer-vector-width=512'],
        },
        { name: 'avx2', bytes: 32, rows: 6, flags: ['-mavx2', '-mfma'] },
        { name: 'sse2', bytes: 16, rows: 4, flags: [] },
      ]
    : [{ name: 'portable', bytes: 16, rows: 8, flags: [] }];

function main() {
  if (platform === 'win32') return say('Native kernels are not built on Windows yet; training uses a slower engine.');
  const hash = createHash('sha256').update(`${platform} ${arch} ${JSON.stringify(variants)}`);
  for (const file of [...readdirSync(kernels).filter((name) => /\.[ch]$/.test(name))].sort())
    hash.update(readFileSync(kernels + file));
  const wanted = hash.digest('hex');
  const stamp = `${build}engram.sha256`;
  if (existsSync(`${build}engram.node`) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const compiler = [process.env.CC, 'cc', 'gcc', 'clang'].find(
    (name) => name && spawnSync(name, ['--version']).status === 0,
  );
  if (!compiler) {
    return say(
      'No C compiler was found, so the native kernels are not built and training uses a slower engine. Install gcc or clang and run this again.',
    );
  }
  mkdirSync(build, { recursive: true });
  const headers = createRequire(import.meta.url)('node-api-headers').include_dir;
  const common = [
    '-O3',
    '-std=gnu11',
    '-fPIC',
    '-ffp-contract=fast',
    '-fno-math-errno',
    '-fvisibility=hidden',
    '-Wall',
    '-Wextra',
    '-Werror',
  ];
  const objects = [];
  const compile = (source, object, flags) => {
    objects.push(object);
    return run(compiler, [...common, ...flags, '-c', kernels + source, '-o', object]);
  };
  const compiled =
    variants.every(({ name, bytes, rows, flags }) =>
      compile('kernels.c', `${build}kernels-${name}.o`, [
        `-DVARIANT=${name}`,
        `-DVECTOR_BYTES=${bytes}`,
        `-DTILE_ROWS=${rows}`,
        ...flags,
      ]),
    ) && compile('addon.c', `${build}addon.o`, ['-I', headers]);
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

const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
const say = (sentence) => console.error(sentence);

main();
