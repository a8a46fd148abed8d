export { canonicalJson } from './canonical.ts';
export { ExperimentEvent } from './events.ts';
export {
  Boundaries,
  DatasetName,
  DataSpec,
  ExperimentSpec,
  OptimizerSpec,
  Scenario,
  shippedFeatures,
  specVersion,
  StreamSpec,
} from './experiment.ts';
export { jsonSchema, schemaNames, type SchemaName } from './json-schema.ts';
export { ModelInfo, modelVersion } from './model.ts';
export { EngineRecord, RunRecord, runRecordVersion, RunSummary, Seed } from './run-record.ts';
export { FisherSpec, strategyNames, StrategySpec, type StrategyName } from './strategies.ts';
