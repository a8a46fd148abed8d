// Fails when package-lock.json names an optional dependency that it does not hold: npm writes such a lock when the
// registry lacks a platform's binary, and every later `npm ci` on that lock breaks.
import { readFileSync } from 'node:fs';

const packages = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')).packages;
const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').pop()));
const missing = Object.entries(packages).flatMap(([path, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !names.has(name))
    .map((name) => `${path} lacks ${name}`),
);
for (const line of missing) console.log(line);
process.exitCode = missing.length > 0 ? 1 : 0;
