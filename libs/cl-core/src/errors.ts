export type ClErrorCode =
  | 'needs-task-id'
  | 'needs-new-classes'
  | 'cannot-combine'
  | 'duplicate-strategy'
  | 'corrupt-checkpoint'
  | 'other-learner'
  | 'wrong-input';

/** A wrong use of the learning core; the message says what was expected, what came and what to do. */
export class ClError extends Error {
  override readonly name = 'ClError';
  readonly code: ClErrorCode;

  constructor(code: ClErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
