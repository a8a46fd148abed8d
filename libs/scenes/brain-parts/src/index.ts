export { encodingRate, type Event, type Gains } from './encoding.ts';
export { createFastStore, type FastStore, type FastStoreOptions } from './fast-store.ts';
export { drawItem, type Item, type Layer, type Pattern } from './patterns.ts';
export { clearer, isRecalled, type Answer } from './recall.ts';
export { createSlowStore, type SlowStore } from './slow-store.ts';
