import { jsonSchema, schemaNames } from '@engram/contracts';
import { suggestion } from '@engram/experiment';
import { CliError, exitCodes } from '../exit.ts';
import type { ExitCode } from '../exit.ts';

/** JSON Schema of one of the documents, for editors and for other programs. */
export function configSchema(name: string): ExitCode {
  const known = schemaNames.find((candidate) => candidate === name);
  if (known === undefined)
    throw new CliError(exitCodes.notFound, `There is no schema "${name}". ${suggestion(name, schemaNames)}`);
  console.log(JSON.stringify(jsonSchema(known), null, 2));
  return exitCodes.ok;
}
