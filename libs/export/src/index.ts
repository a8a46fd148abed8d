export { ExportError, type ExportErrorCode } from './errors.ts';
export { exportFormats, exportModel, type ExportFormat } from './export-model.ts';
export type { ExportedFile } from './layers.ts';
export { decodeModel, encodeModel } from './model-file.ts';
