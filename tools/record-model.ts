import { writeFileSync } from 'node:fs';

/** What a scene's `src/experiment.ts` offers when its still figure comes from a model. */
interface Recordable {
  still(): unknown;
}

const name = process.argv[2];
if (name === undefined || !/^[a-z-]+$/.test(name)) {
  console.error('Which scene? For example: node tools/record-model.ts lesion');
  process.exit(1);
}
const folder = new URL(`../libs/scenes/${name}/src/`, import.meta.url);
const { still } = (await import(new URL('experiment.ts', folder).href)) as Recordable;
writeFileSync(new URL('still.json', folder), `${JSON.stringify(still(), null, 2)}\n`);
