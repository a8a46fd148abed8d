export { extractFeatures, type ExtractOptions } from './extract.ts';
export { pretrain, type PretrainEvent, type PretrainOptions } from './pretrain.ts';
export { featureCount, type Stack } from './stack.ts';
export { decodeStack, encodeStack, type StackOrigin, type StoredStack } from './stored.ts';
