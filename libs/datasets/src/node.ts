export type { FullName } from './node/catalogue.ts';
export type { DownloadProgress } from './node/download.ts';
export { cacheFolder, dataFolder, makeFolder } from './node/folders.ts';
export {
  fullNames,
  listDatasets,
  loadDataset,
  pullDataset,
  verifyDataset,
  type DatasetListing,
  type DatasetName,
  type FileState,
} from './node/load.ts';
export type { StoreOptions } from './node/store.ts';
export { loadOwn } from './node/own.ts';
