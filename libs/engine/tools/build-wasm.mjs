// Rebuilds kernels/kernels.wasm from kernels.c with clang and lld: `npm run build:wasm -w libs/engine`. The module is
// committed, since most machines lack clang; with --check nothing is written, and the exit status is 1 if it differs
// from what its source gives, 3 if this machine cannot tell.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const committed = `${root}kernels/kernels.wasm`;
/** Other versions give other bytes from the same source. */
const compilerVersion = '14.0.6';

const version = /clang version (\S+)/.exec(spawnSync('clang', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
if (!version?.startsWith(compilerVersion)) {
  console.error(`This needs clang ${compilerVersion} and lld of the same version; found ${version ?? 'no clang'}.`);
  process.exit(3);
}
mkdirSync(`${root}build`, { recursive: true });
const built = `${root}build/kernels.wasm`;
const { status } = spawnSync(
  'clang',
  [
    '--target=wasm32',
    '-std=gnu11',
    '-O3',
    '-msimd128',
    '-mbulk-memory',
    '-ffreestanding',
    '-nostdlib',
    '-fno-math-errno',
    '-fno-trapping-math',
    '-ffp-contract=off',
    '-DVARIANT=simd128',
    '-DVECTOR_BYTES=16',
    '-DTILE_ROWS=4',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-Wl,--no-entry,--import-memory,--export-table,--export=kernels_simd128,--export=__heap_base,--strip-all',
    `${root}kernels/kernels.c`,
    '-o',
    built,
  ],
  { stdio: 'inherit' },
);
if (status !== 0) process.exit(1);
if (process.argv.includes('--check')) {
  if (readFileSync(built).equals(readFileSync(committed))) process.exit(0);
  console.error('kernels.wasm is not what kernels.c gives: run "npm run build:wasm -w libs/engine" and commit it.');
  process.exit(1);
}
writeFileSync(committed, readFileSync(built));
console.error(`kernels.wasm: ${readFileSync(built).length} bytes`);
