// Runs kernels/check.c, for every instruction set of this processor, under the address and undefined-behaviour
// sanitizers. Exit status 3: this machine has no compiler with sanitizers.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCompiler, run, variantFlags, variants } from './compile.mjs';

const kernels = fileURLToPath(new URL('../kernels/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'engram-kernels-'));
process.exitCode = main();
rmSync(folder, { recursive: true });

function main() {
  const compiler = findCompiler();
  const sanitize = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  const probe = join(folder, 'probe.c');
  writeFileSync(probe, 'int main(void) { return 0; }');
  if (!compiler || !run(compiler, [...sanitize, probe, '-o', join(folder, 'probe')])) {
    console.error('No C compiler with sanitizers was found.');
    return 3;
  }
  const common = ['-O1', '-g', '-std=gnu11', '-fno-math-errno', '-ffp-contract=fast', ...sanitize];
  const objects = variants.map(({ name }) => join(folder, `${name}.o`));
  const program = join(folder, 'check');
  const built =
    variants.every((variant, i) =>
      run(compiler, [...common, ...variantFlags(variant), '-c', `${kernels}kernels.c`, '-o', objects[i]]),
    ) && run(compiler, [...common, `${kernels}check.c`, ...objects, '-lm', '-o', program]);
  if (!built) return 1;
  return spawnSync(program, { stdio: 'inherit' }).status === 0 ? 0 : 1;
}
