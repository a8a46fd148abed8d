import { z } from 'zod';
import { ExperimentEvent } from './events.ts';
import { ExperimentSpec } from './experiment.ts';
import { RunRecord } from './run-record.ts';

const schemas = { experiment: ExperimentSpec, event: ExperimentEvent, run: RunRecord };

export type SchemaName = keyof typeof schemas;
export const schemaNames: readonly SchemaName[] = ['experiment', 'event', 'run'];

/** JSON Schema (draft 2020-12) of one of the documents that cross a process boundary. */
export const jsonSchema = (name: SchemaName) => z.toJSONSchema(schemas[name]);
