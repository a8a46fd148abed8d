import nx from '@nx/eslint-plugin';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/** Who may import whom; data flows one way (docs/decisions/0006-layers.md). */
const layers = {
  'layer:random': [],
  'layer:measure': [],
  'layer:contract': [],
  'layer:draw': [],
  'layer:engine': ['layer:random'],
  'layer:data': ['layer:random'],
  'layer:learn': ['layer:data', 'layer:engine', 'layer:random'],
  'layer:run': ['layer:contract', 'layer:data', 'layer:engine', 'layer:learn', 'layer:measure', 'layer:random'],
  'layer:scene': [
    'layer:run',
    'layer:contract',
    'layer:data',
    'layer:draw',
    'layer:engine',
    'layer:learn',
    'layer:measure',
    'layer:random',
  ],
  'layer:service': ['layer:run', 'layer:contract', 'layer:data', 'layer:engine', 'layer:measure', 'layer:random'],
  'layer:app': [
    'layer:scene',
    'layer:service',
    'layer:run',
    'layer:contract',
    'layer:data',
    'layer:draw',
    'layer:engine',
    'layer:learn',
    'layer:measure',
    'layer:random',
  ],
  'layer:e2e': ['layer:workshop', 'layer:contract', 'layer:data', 'layer:engine', 'layer:run', 'layer:scene'],
};
const workshop = { sourceTag: 'layer:workshop', onlyDependOnLibsWithTags: ['*'] };

const depConstraints = [
  ...Object.entries(layers).map(([sourceTag, allowed]) => ({
    sourceTag,
    onlyDependOnLibsWithTags: [sourceTag, ...allowed],
  })),
  workshop,
  // TensorFlow.js is spoken to through the engine only
  ...Object.keys(layers)
    .filter((tag) => tag !== 'layer:engine')
    .map((sourceTag) => ({ sourceTag, bannedExternalImports: ['@tensorflow/*'] })),
  ...['layer:random', 'layer:measure', 'layer:contract', 'layer:data', 'layer:learn', 'layer:run', 'layer:engine'].map(
    (sourceTag) => ({ sourceTag, bannedExternalImports: ['react', 'react-dom', 'next'] }),
  ),
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/build/**',
      '**/.test-results/**',
      '**/.next/**',
      '**/out/**',
      '**/public/**',
      '**/next-env.d.ts',
      '**/*.mjs',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vitest.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: ['^#'], banTransitiveDependencies: true, depConstraints }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowArray: true, allowNullish: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // a generic that names what is read back is worth its place
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // our objects are records of closures: none of their methods uses `this`
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // commander hands parsed arguments over as `any`; each was validated where its option is declared
    files: ['apps/cli/src/main.ts', 'apps/cli/src/remote/program.ts'],
    rules: { '@typescript-eslint/no-unsafe-argument': 'off' },
  },
  {
    // scenes run in a page
    files: ['libs/scenes/*/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-imports': ['error', { paths: builtinModules, patterns: ['node:*'] }],
      'no-restricted-globals': ['error', 'process', 'Buffer'],
    },
  },
  {
    // libraries run anywhere; what needs Node says so in its name
    files: ['libs/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.node.ts', 'libs/datasets/src/node.ts', 'libs/datasets/src/node/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: builtinModules, patterns: ['node:*'] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document'],
    },
  },
);
