// `npm test`: sets up, then format, lint, types, unit, examples, e2e, unused exports. Counts every check and test; the
// last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath } from './chromium.mjs';
import { environment, root, setUp } from './setup.mjs';

setUp();

const count = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

/** Runs a program and shows what it says. */
function run(title, command, args, extra = {}) {
  console.log(`\n▸ ${title}`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...environment(), CI: '1', NX_DAEMON: 'false', ...extra },
  });
  return status === 0;
}

/** A check as a whole counts as one. */
function check(title, command, args) {
  if (run(title, command, args)) count.passed += 1;
  else {
    count.failed += 1;
    failures.push(title);
  }
}

/** A check that this machine may be unable to make, which it says with exit status 3. */
function checkIfPossible(title, command, args) {
  console.log(`\n▸ ${title}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: environment() });
  if (status === 3) count.skipped += 1;
  else if (status === 0) count.passed += 1;
  else {
    count.failed += 1;
    failures.push(title);
  }
}

/** Adds up a vitest report; a run that left no report, or failed outside its tests, counts as one failure. */
function addReport(file, ok) {
  if (!existsSync(file)) {
    count.failed += 1;
    failures.push(`${file}: no report`);
    return;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  count.passed += report.numPassedTests;
  count.failed += report.numFailedTests;
  count.skipped += report.numPendingTests + report.numTodoTests;
  for (const { name, assertionResults, status } of report.testResults) {
    for (const { fullName, status } of assertionResults) if (status === 'failed') failures.push(fullName);
    if (status === 'failed' && assertionResults.every((result) => result.status !== 'failed')) {
      count.failed += 1;
      failures.push(`${name}: could not be run`);
    }
  }
  if (!ok && report.success) {
    count.failed += 1;
    failures.push(`${file}: failed outside its tests`);
  }
}

check('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
check('lock file complete', 'node', ['tools/check-lock.mjs']);
check('lint', 'nx', ['run-many', '-t', 'lint', '--outputStyle=static']);
check('types', 'nx', ['run-many', '-t', 'typecheck', '--outputStyle=static']);
check('unused files, exports and dependencies', 'knip', []);
checkIfPossible('native kernels under sanitizers', 'node', ['libs/engine/tools/check-kernels.mjs']);
checkIfPossible('WebAssembly kernels are those of their source', 'node', [
  'libs/engine/tools/build-wasm.mjs',
  '--check',
]);

const unitOk = run('unit tests', 'nx', ['run-many', '-t', 'test', '--outputStyle=static', '--parallel=2']);
const projects = ['libs', 'libs/scenes', 'apps']
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
  .filter((project) => existsSync(join(project, 'package.json')));
for (const project of [...projects, join(root, 'tools')]) {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  if (scripts?.test !== undefined) addReport(join(project, '.test-results', 'unit.json'), true);
}
if (!unitOk && failures.length === 0) {
  count.failed += 1;
  failures.push('unit tests: a project failed outside its tests');
}

const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));
for (const example of examples.sort()) check(`example ${example}`, 'node', [join('examples', example)]);

check('the site is built', 'nx', ['build', '@engram/web', '--outputStyle=static']);

const chromium = chromiumPath();
if (chromium === undefined)
  console.log('\nNo Chromium was found or could be installed: tests in a browser are skipped.');
const e2eOk = run(
  'end to end',
  'vitest',
  ['run', '--config', join(root, 'vitest.config.ts'), '--root', join(root, 'e2e')],
  chromium === undefined ? {} : { ENGRAM_CHROMIUM: chromium },
);
addReport(join(root, 'e2e', '.test-results', 'unit.json'), e2eOk);

if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
if (count.skipped > 0) console.log(`\n${count.skipped} skipped (a browser, a compiler or data that is not here)`);
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 ? 0 : 1);
