export type ExportErrorCode = 'corrupt' | 'not-a-model' | 'too-large' | 'unknown-task';

/** A model that cannot be exported; the message says what was expected, what came and what to do. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: ExportErrorCode;

  constructor(code: ExportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
