export type SpecErrorCode =
  'unknown-preset' | 'unknown-strategy' | 'unknown-scenario' | 'unknown-setting' | 'impossible' | 'invalid';

/** An experiment that cannot be run as asked; the message says what was expected, what came and what to do. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  readonly code: SpecErrorCode;

  constructor(code: SpecErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type ResumeErrorCode = 'corrupt' | 'other-engine' | 'other-experiment';

/** A checkpoint from which this run cannot go on. */
export class ResumeError extends Error {
  override readonly name = 'ResumeError';
  readonly code: ResumeErrorCode;

  constructor(code: ResumeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
