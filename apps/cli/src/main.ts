import { Command, CommanderError, Option } from 'commander';
import { exitCodeHelp, exitCodes, explain } from './exit.ts';
import { engine, jobs, real, running, share, shares, sourcesOf, whole, widths, withExperiment } from './options.ts';
import { addRemoteCommands } from './remote/program.ts';
import { wrap } from './terminal/table.ts';
import { version } from './version.ts';

// a reader that stops reading (`| head`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
});

function createProgram(): Command {
  const program = new Command('engram')
    .description('Train networks that forget, cure them, and compare the cures.')
    .version(version)
    .showHelpAfterError('Add --help for the options and examples.')
    .showSuggestionAfterError(true)
    .option('--no-color', 'no colours (NO_COLOR works too)')
    .hook('preAction', (command) => {
      if (!command.opts<{ color: boolean }>().color) process.env['NO_COLOR'] = '1';
    })
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  engram demo                                             see forgetting and two cures, in under a minute
  engram run split-mnist --scenario class --strategy er   one strategy
  engram compare split-mnist --strategies none,ewc,er     several, side by side
  engram report runs/compare-split-mnist-class-…          a page with figures and tables

${exitCodeHelp}`,
    );

  program
    .command('demo')
    .description('the same small network forgets, is cured twice, and learns all at once')
    .addOption(engine())
    .option('--seed <n>', 'seed', whole, 0)
    .option('-q, --quiet', 'no progress')
    .action(running(async (options) => (await import('./commands/demo.ts')).demo(options)));

  withExperiment(program.command('run <preset>'))
    .description('train one strategy on a stream of tasks')
    .option('--strategy <names>', 'none, or strategies joined by + (ewc+xdg)', 'none')
    .option('--seed <n>', 'one seed', whole)
    .option('--seeds <seeds>', 'a count (5), a range (0..4) or a list (1,4,9)')
    .option('--json', 'the run record (an array for several seeds) on stdout')
    .addOption(new Option('--jsonl', 'the events on stdout, one per line').conflicts('json'))
    .option('--show-origin', 'print every value and where it comes from, and run nothing')
    .addHelpText(
      'after',
      `
Examples:
  engram run split-mnist --scenario task --strategy ewc --seeds 5
  engram run split-mnist --strategy er --set strategies.er.capacity=50
  engram run permuted-mnist --strategy xdg+ewc --scenario task --tasks 30 --data full
  engram run split-mnist --strategy si --json > record.json`,
    )
    .action(
      running(async (preset, options, command) =>
        (await import('./commands/run.ts')).run(preset, options, sourcesOf(command)),
      ),
    );

  withExperiment(program.command('compare <preset>'))
    .description('train several strategies on the same tasks and seeds')
    .requiredOption('--strategies <list>', 'names separated by commas: none,ewc,ewc+xdg')
    .option('--seed <n>', 'one seed', whole)
    .option('--seeds <seeds>', 'a count, a range or a list (default 3)')
    .option('--jobs <n>', 'runs at the same time', jobs, 'auto')
    .option('--json', 'the run records on stdout')
    .addHelpText(
      'after',
      `
Examples:
  engram compare split-mnist --scenario domain --strategies none,ewc,si,er,joint --seeds 3
  engram compare split-mnist --strategies none,er --iterations 200 --jobs 2`,
    )
    .action(
      running(async (preset, options, command) =>
        (await import('./commands/compare.ts')).compare(preset, options, sourcesOf(command)),
      ),
    );

  program
    .command('reproduce [id]')
    .description('run what a published result consists of, and compare')
    .option('--list', 'the results that can be reproduced')
    .addOption(
      new Option('--scale <scale>', 'minutes, or the published protocol').choices(['quick', 'paper']).default('quick'),
    )
    .option('--seeds <seeds>', 'a count, a range or a list (default: those of the reproduction)')
    .option('--jobs <n>', 'runs at the same time', jobs, 'auto')
    .addOption(engine())
    .option('--out <folder>', 'where the runs go')
    .option('--offline', 'never use the network')
    .option('--force', 'replace other runs in the folder')
    .option('--json', 'the verdicts on stdout')
    .option('-q, --quiet', 'no progress')
    .action(running(async (id, options) => (await import('./commands/reproduce.ts')).reproduce(id, options)));

  program
    .command('resume <folder>')
    .description('go on with what is unfinished in a folder of run or compare')
    .addOption(engine())
    .option('--offline', 'never use the network')
    .option('--allow-other-engine', 'go on although another engine began')
    .option('--jobs <n>', 'runs at the same time (compare)', jobs, 'auto')
    .option('--json', 'the run records on stdout')
    .option('-q, --quiet', 'no progress')
    .action(running(async (folder, options) => (await import('./commands/resume.ts')).resume(folder, options)));

  program
    .command('report <path>')
    .description('a self-contained page (or text) from the run records in a folder')
    .option('--out <file>', 'file to write (default: report.html in the folder)')
    .option('--md', 'Markdown on stdout')
    .option('--csv', 'one line per run and task on stdout')
    .option('--svg <folder>', 'each figure as a file')
    .option('--title <title>', 'title of the page')
    .action(running(async (path, options) => (await import('./commands/report.ts')).report(path, options)));

  program
    .command('export <folder>')
    .description('the trained model of a run for other programs, with a model card')
    .addOption(
      new Option('--format <format>', 'TensorFlow.js layers, or safetensors')
        .choices(['layers', 'safetensors'])
        .default('layers'),
    )
    .option('--seed <n>', 'which seed, where there are several', whole)
    .option('--task <n>', 'layers of one task, from 1, where each has its own network', whole)
    .option('--out <folder>', 'where the files go (default: export-<format> beside the record)')
    .addHelpText(
      'after',
      `
Examples:
  engram run split-mnist --scenario task --strategy xdg --out runs/gated
  engram export runs/gated --format layers --task 2`,
    )
    .action(running(async (folder, options) => (await import('./commands/export.ts')).exportCommand(folder, options)));

  program
    .command('lesion <folder>')
    .description('damage the trained network of a run, and see which memories go')
    .addOption(new Option('--target <target>', 'what is hit').choices(['units', 'weights']).default('units'))
    .option('--shares <list>', 'the shares that are hit, from 0 to 1', shares, [0.1, 0.3, 0.5, 0.7, 0.9])
    .option('--remaining <fraction>', 'what is left of a weight that is hit: 0 removes, 0.5 is decay by half', share, 0)
    .option('--examples <n>', 'test examples of each task', whole, 1000)
    .option('--seed <n>', 'which seed, where there are several', whole)
    .addOption(engine())
    .option('--offline', 'never use the network')
    .option('--json', 'the accuracies on stdout')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Examples:
  engram run split-mnist --strategy er --out runs/whole
  engram lesion runs/whole --shares 0.2,0.4,0.6
  engram lesion runs/whole --target weights --remaining 0.5`,
    )
    .action(running(async (folder, options) => (await import('./commands/lesion.ts')).lesion(folder, options)));

  program
    .command('presets [name]')
    .description('the benchmarks, or every value of one with its source')
    .option('--scenario <scenario>', 'task, domain or class')
    .option('--json', 'as JSON')
    .action(running(async (name, options) => (await import('./commands/presets.ts')).listPresets(name, options)));

  const datasets = program.command('datasets').description('the data sets: list, pull, verify');
  datasets
    .command('list')
    .option('--json', 'as JSON')
    .action(running(async (options) => (await import('./commands/datasets.ts')).list(options)));
  datasets
    .command('pull <name>')
    .description('fetch what is missing')
    .option('--offline', 'never use the network')
    .action(running(async (name, options) => (await import('./commands/datasets.ts')).pull(name, options)));
  datasets
    .command('verify <name>')
    .description('check every file against its checksum')
    .option('--json', 'as JSON')
    .action(running(async (name, options) => (await import('./commands/datasets.ts')).verify(name, options)));

  program
    .command('features')
    .description('convolutional features of pictures')
    .command('pretrain')
    .description('train the convolutional layers on CIFAR-10')
    .option('--epochs <n>', 'passes over the pictures', whole, 30)
    .option('--batch <n>', 'pictures per step', whole, 256)
    .option('--lr <rate>', 'learning rate', real, 0.0005)
    .option('--head <units>', 'hidden units on top while training', widths, [512])
    .option('--seed <n>', 'seed', whole, 1)
    .option('--out <file>', 'where the layers go', 'c3-5x16-bn.stack')
    .addOption(engine())
    .option('--offline', 'never use the network')
    .option('-q, --quiet', 'no progress')
    .action(running(async (options) => (await import('./commands/features.ts')).pretrainCommand(options)));

  addRemoteCommands(program);

  program
    .command('doctor')
    .description('what works on this machine, and how fast')
    .option('--json', 'as JSON')
    .action(running(async (options) => (await import('./commands/doctor.ts')).doctor(options)));

  program
    .command('engine')
    .description('about engines')
    .command('add <name>')
    .description('install an optional engine (tensorflow)')
    .action(running(async (name) => (await import('./commands/engine.ts')).addEngine(name)));

  program
    .command('config')
    .description('about specifications')
    .command('schema [document]')
    .description('JSON Schema of experiment (default), event or run')
    .action(running(async (document) => (await import('./commands/config.ts')).configSchema(document ?? 'experiment')));

  program
    .command('completion <shell>')
    .description('a completion script for bash, zsh or fish')
    .action(running(async (shell) => (await import('./commands/completion.ts')).completion(shell, program)));

  program
    .command('serve')
    .description('the training service: API, workers and site on one address')
    .option('--port <n>', 'port (default: 4600, or the next free one)', whole)
    .option('--host <address>', 'address to listen on (default: this machine only)')
    .option('--state <folder>', 'where the embedded database is kept')
    .option('--workers <n>', 'runs at the same time', whole)
    .option('--print-config', 'every setting with its value, secrets masked')
    .addHelpText(
      'after',
      `
Examples:
  engram serve                                              nothing to configure, this machine only
  DATABASE_URL=postgres://… engram serve --host 0.0.0.0     with PostgreSQL, for others too
  engram serve --print-config                               all settings (environment variables)`,
    )
    .action(running(async (options) => (await import('./commands/serve.ts')).serve(options)));

  program
    .command('worker')
    .description('train for a service, from any machine that reaches its database')
    .option('--database-url <url>', 'PostgreSQL of the service (default: DATABASE_URL)')
    .option('--slots <n>', 'runs at the same time', whole)
    .action(running(async (options) => (await import('./commands/serve.ts')).worker(options)));

  program
    .command('job <folder>', { hidden: true })
    .requiredOption('--seed <n>', 'seed', whole)
    .addOption(engine())
    .option('--offline')
    .option('--allow-other-engine')
    .option('-q, --quiet')
    .action(running(async (folder, options) => (await import('./commands/job.ts')).job(folder, options)));

  for (const command of everyCommand(program)) command.exitOverride();
  return program;
}

const everyCommand = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(everyCommand)];

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // commander has printed its own words; help and version are no errors
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  } else {
    const { code, message } = explain(error);
    console.error(message.startsWith('Unexpected') ? message : wrap(`error: ${message}`));
    process.exitCode = code;
  }
}
