/** Writes schemas/*.schema.json from the zod schemas: `npm run schemas -w libs/contracts`. */
import { writeFileSync } from 'node:fs';
import { jsonSchema, schemaNames } from '../src/index.ts';

for (const name of schemaNames) {
  writeFileSync(
    new URL(`../schemas/${name}.schema.json`, import.meta.url),
    `${JSON.stringify(jsonSchema(name), null, 2)}\n`,
  );
}
