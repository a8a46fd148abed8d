import { presets, suggestion } from '@engram/experiment';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { table, wrap } from '../terminal/table.ts';

/** All presets, or every value of one with its source. */
export function listPresets(
  name: string | undefined,
  { scenario, json }: { readonly scenario?: string; readonly json?: boolean },
): ExitCode {
  if (name === undefined) {
    if (json)
      console.log(
        JSON.stringify(
          presets.map(({ name, title, summary, scenarios, defaultScenario }) => ({
            name,
            title,
            summary,
            scenarios,
            defaultScenario,
          })),
          null,
          2,
        ),
      );
    else {
      for (const preset of presets) {
        console.log(preset.name);
        console.log(
          wrap(
            `${preset.summary} Scenarios: ${preset.scenarios.join(', ')} (default ${preset.defaultScenario}).`,
            74,
          ).replace(/^/gm, '    '),
        );
      }
      console.log('\nEvery value and its source: engram presets <name> --scenario <scenario>');
    }
    return exitCodes.ok;
  }
  const preset = presets.find((candidate) => candidate.name === name);
  if (preset === undefined)
    throw new CliError(
      exitCodes.notFound,
      `There is no preset "${name}". ${suggestion(
        name,
        presets.map((p) => p.name),
      )}`,
    );
  const chosen = preset.scenarios.find((candidate) => candidate === (scenario ?? preset.defaultScenario));
  if (chosen === undefined)
    throw new CliError(
      exitCodes.usage,
      `${name} has no scenario "${scenario ?? ''}". ${suggestion(scenario ?? '', preset.scenarios)}`,
    );
  const parameters = preset.parameters(chosen);
  if (json) console.log(JSON.stringify({ preset: name, scenario: chosen, parameters }, null, 2));
  else {
    const sources = [...new Set(parameters.map(({ source }) => source))];
    console.log(`${preset.title}, ${chosen} scenario\n`);
    console.log(
      table(
        parameters.map(({ path, value, source }) => [path, JSON.stringify(value), `[${sources.indexOf(source) + 1}]`]),
      ),
    );
    console.log(`\n${sources.map((source, i) => `[${i + 1}] ${source}`).join('\n')}`);
  }
  return exitCodes.ok;
}
