import type { FigureTable } from '@engram/scene-kit/static';
import type { Text } from './messages.en.ts';
import { exampleIds, rules } from './rules.ts';

/** Every rule with its source. */
export const ruleTable = (text: Text): FigureTable => ({
  caption: text.title,
  columns: [text.example, text.system, text.needs, text.source],
  rows: exampleIds.map((id) => {
    const { system, needs, doi } = rules[id];
    return [text.examples[id], text.systems[system], needs === null ? text.neither : text.structures[needs], doi];
  }),
});
