import { strategyNames } from '@engram/contracts';
import { presets, suggestion } from '@engram/experiment';
import type { Command } from 'commander';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';

/** A completion script for a shell, made from the commands themselves. */
export function completion(shell: string, program: Command): ExitCode {
  const commands = program.commands.filter((command) => command.name() !== 'job');
  const wordsOf = (command: Command): string =>
    [...command.commands.map((sub) => sub.name()), ...command.options.flatMap(({ long }) => long ?? [])].join(' ');
  const names = commands.map((command) => command.name()).join(' ');
  const values = presets.map(({ name }) => name).join(' ');
  const strategies = ['none', ...strategyNames].join(' ');
  switch (shell) {
    case 'bash':
    case 'zsh':
      console.log(
        `${shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}_engram() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$before" in
    run|compare|presets) words="${values}" ;;
    --strategy|--strategies) words="${strategies}" ;;
    --scenario) words="task domain class" ;;
    *) case "\${COMP_WORDS[1]}" in
${commands.map((command) => `      ${command.name()}) words="${wordsOf(command)}" ;;`).join('\n')}
      esac ;;
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${names}"
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _engram engram`,
      );
      return exitCodes.ok;
    case 'fish':
      console.log(
        [
          `complete -c engram -f -n __fish_use_subcommand -a "${names}"`,
          `complete -c engram -f -n "__fish_seen_subcommand_from run compare presets" -a "${values}"`,
          ...commands.flatMap((command) =>
            command.options.flatMap(({ long, description }) =>
              !long
                ? []
                : [
                    `complete -c engram -n "__fish_seen_subcommand_from ${command.name()}" -l ${long.slice(2)} -d ${JSON.stringify(description)}`,
                  ],
            ),
          ),
        ].join('\n'),
      );
      return exitCodes.ok;
    default:
      throw new CliError(
        exitCodes.notFound,
        `There is no completion for "${shell}". ${suggestion(shell, ['bash', 'zsh', 'fish'])}`,
      );
  }
}
