import * as tf from '#tf';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useEngine } from './index.ts';
import { ownEngines } from './testing.ts';

/** TensorFlow.js' own tests, as its package brings them, of everything that has a kernel of ours. */
const suites = [
  ...[
    'abs',
    'add',
    'arithmetic',
    'exp',
    'log',
    'neg',
    'relu',
    'sigmoid',
    'softplus',
    'sqrt',
    'square',
    'step',
    'sub',
    'tanh',
  ],
  ...[
    'mat_mul',
    'sum',
    'mean',
    'max',
    'softmax',
    'transpose',
    'gather',
    'unsorted_segment_sum',
    'slice',
    'slice1d',
    'slice2d',
  ],
  ...[
    'slice3d',
    'slice4d',
    'fill',
    'zeros_like',
    'ones_like',
    'binary_ops',
    'log_softmax',
    'log_sum_exp',
    'moments',
    'norm',
  ],
  ...['conv1d', 'conv2d', 'conv2d_separable', 'conv2d_transpose', 'depthwise_conv2d', 'fused/fused_conv2d'],
  ...['fused/fused_depthwise_conv2d', 'fused/fused_mat_mul', 'max_pool', 'avg_pool', 'pool', 'batchnorm'],
];

const root = join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json')), 'dist', 'ops');

/** Tests that cannot hold here, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
    'divides by the size of the window, although the mean is over the pixels inside the picture; ours is the gradient of that mean',
  'shallow slicing': 'counts the tensors of the whole process',
};

interface Environment {
  readonly predicate?: (environment: { readonly isDataSync: boolean }) => boolean;
}
const environment = { name: 'engram', backendName: 'engram', isDataSync: true };

/** What the suites import, of which only the test library is not TensorFlow.js itself. */
function imported(path: string, from: string): unknown {
  if (path.endsWith('/index')) return tf;
  if (path.endsWith('/test_util')) return tf.test_util;
  if (path.endsWith('/engine')) return { ENGINE: tf.engine() };
  if (path.endsWith('/jasmine_util')) {
    return {
      ALL_ENVS: {},
      SYNC_BACKEND_ENVS: {},
      NODE_ENVS: {},
      BROWSER_ENVS: { predicate: () => false },
      describeWithFlags: (name: string, { predicate }: Environment, tests: (env: typeof environment) => void) => {
        if (predicate?.(environment) ?? true) suite(name, () => tests(environment));
      },
    };
  }
  if (path.endsWith('_test')) return evaluate(join(dirname(from), `${path}.js`));
  const module = path.split('/').at(-1) ?? '';
  if (module in tf) return tf[module as keyof typeof tf];
  return { ...tf, ...tf.util };
}

const fail = (reason: string): never => expect.fail(reason);

const suite = (name: string, tests: () => void): void => {
  if (exceptions[name] === undefined) describe(name, tests);
};
const test = (name: string, run: () => void | Promise<void>): void => {
  if (exceptions[name] === undefined) it(name, run);
};

/** A suite as a function of what it imports: its modules are made for another test library and another copy of TensorFlow.js. */
function evaluate(file: string): unknown {
  const exported: string[] = [];
  const source = readFileSync(file, 'utf8')
    .replaceAll(/^import \* as (\w+) from '(.+)';$/gm, "const $1 = imported('$2');")
    .replaceAll(
      /^import (\{.+\}) from '(.+)';$/gm,
      (_, names: string, path: string) => `const ${names.replaceAll(' as ', ': ')} = imported('${path}');`,
    )
    .replaceAll(/^export (async function|function|const) (\w+)/gm, (_, kind: string, name: string) => {
      exported.push(name);
      return `${kind} ${name}`;
    });
  const exports = {};
  const bindings = {
    imported: (path: string) => imported(path, file),
    exports,
    describe: suite,
    it: test,
    expect,
    fail,
    beforeEach,
    afterEach,
  };
  const assign = exported.map((name) => `exports.${name} = ${name};`).join('\n');
  const run = compileFunction(`${source}\n${assign}`, Object.keys(bindings)) as (...values: unknown[]) => void;
  run(...Object.values(bindings));
  return exports;
}

describe.skipIf(ownEngines.length === 0).each(ownEngines)("TensorFlow.js' own tests on the engine %s", (engine) => {
  beforeEach(async () => {
    await useEngine(engine);
    tf.engine().startScope();
  });
  afterEach(() => tf.engine().endScope());
  for (const name of suites) evaluate(join(root, `${name}_test.js`));
});
