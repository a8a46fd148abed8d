import { defineConfig } from 'vitest/config';

/** Every project runs with this one configuration; `--root .` makes the project the root. */
export default defineConfig({
  test: {
    include: ['{src,tools}/**/*.test.ts', '*.test.ts', 'site/*.test.ts'],
    testTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: '.test-results/unit.json' },
  },
});
