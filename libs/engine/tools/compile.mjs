// What the build and the check of the native kernels share.
import { spawnSync } from 'node:child_process';
import { arch } from 'node:process';

/** One compilation of kernels.c for each instruction set of this kind of processor. */
export const variants =
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

/** The flags of kernels.c for one instruction set. */
export const variantFlags = ({ name, bytes, rows, flags }) => [
  `-DVARIANT=${name}`,
  `-DVECTOR_BYTES=${bytes}`,
  `-DTILE_ROWS=${rows}`,
  ...flags,
];

/** The first C compiler that answers. */
export const findCompiler = () =>
  [process.env.CC, 'cc', 'gcc', 'clang'].find((name) => name && spawnSync(name, ['--version']).status === 0);

export const run = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
