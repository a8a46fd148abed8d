export type DataErrorCode =
  | 'bad-stream'
  | 'truncated'
  | 'wrong-format'
  | 'wrong-label'
  | 'wrong-checksum'
  | 'not-found'
  | 'incomplete'
  | 'offline'
  | 'network'
  | 'busy';

/** Data that cannot be used; the message says what was expected, what came and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly code: DataErrorCode;

  constructor(code: DataErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
