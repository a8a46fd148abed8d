import { suggestion } from '@engram/experiment';
import { cacheFolder, dataFolder, fullNames, listDatasets, pullDataset, verifyDataset } from '@engram/datasets/node';
import type { FullName } from '@engram/datasets/node';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { table } from '../terminal/table.ts';

export async function list({ json }: { readonly json?: boolean }): Promise<ExitCode> {
  const datasets = await listDatasets();
  if (json) console.log(JSON.stringify(datasets, null, 2));
  else {
    console.log(
      table([['name', 'here', ''], ...datasets.map(({ name, available, title }) => [name, available, title])]),
    );
    const own = dataFolder();
    console.log(`\nLooked in ${own === undefined ? '' : `${own} (ENGRAM_DATA) and `}${cacheFolder()}.`);
  }
  return exitCodes.ok;
}

export async function pull(name: string, { offline }: { readonly offline?: boolean }): Promise<ExitCode> {
  let last = '';
  await pullDataset(named(name), {
    offline,
    onProgress: ({ path, received, total }) => {
      const share =
        total === undefined ? `${(received / 1e6).toFixed(0)} MB` : `${Math.floor((20 * received) / total) * 5} %`;
      const line = `${path}: ${share}`;
      if (line !== last) console.error(line);
      last = line;
    },
  });
  console.error(`${name} is complete.`);
  return exitCodes.ok;
}

export async function verify(name: string, { json }: { readonly json?: boolean }): Promise<ExitCode> {
  const states = await verifyDataset(named(name));
  if (json) console.log(JSON.stringify(states, null, 2));
  else
    console.log(
      table(
        states.map(({ file, path, problem }) => [
          file,
          problem === undefined ? 'right' : 'WRONG',
          problem ?? path ?? '',
        ]),
      ),
    );
  return states.every(({ problem }) => problem === undefined) ? exitCodes.ok : exitCodes.notFound;
}

function named(name: string): FullName {
  const known = fullNames.find((candidate) => candidate === name);
  if (known === undefined)
    throw new CliError(exitCodes.notFound, `There is no data set "${name}" to fetch. ${suggestion(name, fullNames)}`);
  return known;
}
