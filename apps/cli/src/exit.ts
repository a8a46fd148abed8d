/** What the process's exit code means; listed in the help. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  limit: 5,
  network: 6,
  outsideBand: 7,
  conflict: 8,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `Exit codes:
  0 done    1 a run failed (the loss became no number)    2 wrong use
  3 not found    4 no token, or it may not do this    5 a limit was reached (disk, quota)
  6 network    7 a reproduction is outside its band    8 in conflict with what is there
  130, 143 stopped by a signal`;

/** An error with the words and the exit code for the user. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: ExitCode;

  constructor(code: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const dataCodes: Readonly<Record<string, ExitCode>> = {
  'not-found': exitCodes.notFound,
  offline: exitCodes.notFound,
  network: exitCodes.network,
  busy: exitCodes.conflict,
};

const serviceCodes: Readonly<Record<string, ExitCode>> = {
  conflict: exitCodes.conflict,
  invalid: exitCodes.usage,
  unavailable: exitCodes.network,
};

const systemErrors: Readonly<Record<string, readonly [ExitCode, string]>> = {
  ENOSPC: [exitCodes.limit, 'The disk is full. Free some space, then run "engram resume" on the folder to go on.'],
  EDQUOT: [
    exitCodes.limit,
    'The disk quota is used up. Free some space, then run "engram resume" on the folder to go on.',
  ],
  EACCES: [exitCodes.usage, 'The system refuses access. Choose a place where you may write, or change the rights.'],
  EPERM: [exitCodes.usage, 'The system refuses access. Choose a place where you may write, or change the rights.'],
  EROFS: [exitCodes.usage, 'The file system is read-only. Choose another place with --out.'],
  ENOTDIR: [exitCodes.usage, 'A part of the path is a file, not a folder. Choose another place with --out.'],
  EEXIST: [exitCodes.usage, 'A file of that name is in the way. Choose another place with --out.'],
  EISDIR: [exitCodes.usage, 'A folder of that name is in the way. Choose another place.'],
  ENOENT: [exitCodes.notFound, 'Check the path.'],
};

/** The exit code and one paragraph for any error. Libraries' errors carry their own words. */
export function explain(error: unknown): { readonly code: ExitCode; readonly message: string } {
  if (error instanceof CliError) return error;
  if (!(error instanceof Error)) return { code: exitCodes.failed, message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  switch (error.name) {
    case 'DataError':
      return { code: dataCodes[code] ?? exitCodes.usage, message: error.message };
    case 'ResumeError':
      return { code: code === 'corrupt' ? exitCodes.failed : exitCodes.conflict, message: error.message };
    case 'SpecError':
      return { code: code === 'unknown-preset' ? exitCodes.notFound : exitCodes.usage, message: error.message };
    case 'ExportError':
      return {
        code: code === 'too-large' ? exitCodes.limit : code === 'unknown-task' ? exitCodes.notFound : exitCodes.usage,
        message: error.message,
      };
    case 'ServiceError':
      return { code: serviceCodes[code] ?? exitCodes.failed, message: error.message };
    case 'ConfigError':
    case 'ClError':
    case 'EngineUnavailable':
      return { code: exitCodes.usage, message: error.message };
  }
  const system = systemErrors[code];
  if (system !== undefined) return { code: system[0], message: `${error.message}. ${system[1]}` };
  return { code: exitCodes.failed, message: `Unexpected: ${error.stack ?? error.message}` };
}
