import { Option } from 'commander';
import type { Command } from 'commander';
import { running, several, sourcesOf, whole, withSpecification } from '../options.ts';

const statuses = ['queued', 'starting', 'running', 'paused', 'succeeded', 'failed', 'canceled', 'expired'];

const withUrl = (command: Command): Command =>
  command.addOption(new Option('--url <url>', 'the service (default: the last one logged in to)').env('ENGRAM_URL'));
const withJson = (command: Command): Command => withUrl(command).option('--json', 'as JSON on stdout');

/** `engram remote …`: the same experiments on a training service. */
export function addRemoteCommands(program: Command): void {
  const remote = program
    .command('remote')
    .description('run experiments on a training service')
    .addHelpText(
      'after',
      `
Examples:
  engram remote login http://127.0.0.1:4600
  engram remote submit split-mnist --scenario task --strategy ewc --seeds 5 --watch
  engram remote ls --status running
  engram remote pull my-run --out runs/my-run

The token is read from ENGRAM_TOKEN (with ENGRAM_URL), otherwise from the file that login writes.`,
    );

  remote
    .command('login [url]')
    .description('keep a token for a service; it is asked for, or read from standard input')
    .action(running(async (url) => (await import('../commands/remote/login.ts')).login(url)));

  withJson(withSpecification(remote.command('submit <preset>')))
    .description('submit a preset, or a specification (spec.json, or a folder that holds one)')
    .option('--strategy <names>', 'none, or strategies joined by + (ewc+xdg)')
    .option('--seed <n>', 'one seed', whole)
    .option('--seeds <seeds>', 'a count (5), a range (0..4) or a list (1,4,9): one parent with a run for each')
    .option('--id <id>', 'an id of your own; submitting it again changes nothing')
    .option('--name <name>', 'a name for people')
    .option('--tag <tag>', 'as often as needed', several)
    .addOption(new Option('--priority <priority>').choices(['low', 'normal', 'high']).default('normal'))
    .option('--dry-run', 'check, and estimate the cost')
    .option('--watch', 'follow it until it ends')
    .option('-q, --quiet', 'no progress')
    .action(
      running(async (preset, options, command) =>
        (await import('../commands/remote/submit.ts')).submit(preset, options, sourcesOf(command)),
      ),
    );

  withJson(remote.command('ls'))
    .description('runs, newest first')
    .addOption(new Option('--status <status...>').choices(statuses))
    .option('--tag <tag>', 'only with this tag')
    .option('--scenario <scenario>', 'task, domain or class')
    .option('--strategy <strategy>', 'only of this strategy')
    .option('--parent <id>', 'the runs of a sweep')
    .option('--limit <n>', 'how many', whole, 50)
    .option('--all', 'all of them')
    .action(running(async (options) => (await import('../commands/remote/runs.ts')).list(options)));

  withJson(remote.command('show <id>'))
    .description('one run: where it stands, and its results')
    .action(running(async (id, options) => (await import('../commands/remote/runs.ts')).show(id, options)));

  withUrl(remote.command('watch <id>'))
    .description('follow a run until it ends; exit 0 if it succeeded, 1 if not')
    .option('--since <n>', 'number of the last event already known', whole)
    .option('--jsonl', 'the events on stdout, one per line')
    .option('-q, --quiet', 'no progress')
    .action(running(async (id, options) => (await import('../commands/remote/watch.ts')).watch(id, options)));

  for (const [name, description] of [
    ['cancel', 'stop runs'],
    ['pause', 'save a checkpoint and wait'],
    ['resume', 'go on from the last checkpoint'],
  ] as const) {
    withJson(remote.command(`${name} <ids...>`))
      .description(description)
      .action(
        running(async (ids, options) => (await import('../commands/remote/runs.ts')).control(name, ids, options)),
      );
  }

  withUrl(remote.command('pull <id>'))
    .description('fetch specification, record, events and model, laid out as local runs are')
    .option('--out <folder>', 'where to (default: runs/<id>)')
    .option('--force', 'replace what is there')
    .action(running(async (id, options) => (await import('../commands/remote/pull.ts')).pull(id, options)));

  withJson(remote.command('compare <ids...>'))
    .description('means over seeds, differences and paired tests; a sweep stands for all of its runs')
    .action(running(async (ids, options) => (await import('../commands/remote/compare.ts')).compare(ids, options)));
}
