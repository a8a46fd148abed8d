export { loadEmbedded, type EmbeddedName } from './embedded.ts';
export { DataError, type DataErrorCode } from './errors.ts';
export { datasetFrom, examplesFrom, type Dataset, type Examples } from './examples.ts';
export { idxImages, idxLabels, type IdxImages } from './idx.ts';
export { permutedTasks, type PermutedOptions } from './permuted.ts';
export { rotatedTasks, type RotatedOptions } from './rotated.ts';
export { splitTasks, type SplitOptions } from './split.ts';
export type { Batch, Scenario, ScenarioOptions, Task, TaskExamples, TaskStream, UnitRange } from './stream.ts';
export { decodeDataset, encodeDataset } from './stored.ts';
