import { readFileSync, writeFileSync } from 'node:fs';

const report = new URL('../docs/results/engine.md', import.meta.url);

/** Puts measured text between `<!-- name -->` and `<!-- /name -->` of docs/results/engine.md. */
export function replaceBetween(name: string, text: string): void {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const whole = readFileSync(report, 'utf8');
  const [from, to] = [whole.indexOf(begin), whole.indexOf(end)];
  if (from < 0 || to < 0)
    throw new Error(`docs/results/engine.md has no place called ${name}: it needs ${begin} and ${end}`);
  writeFileSync(report, `${whole.slice(0, from)}${begin}\n\n${text}\n\n${whole.slice(to)}`);
}
