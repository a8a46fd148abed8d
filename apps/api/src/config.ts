import { homedir, availableParallelism } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const count = (fallback: number, most = 1_000_000) => z.coerce.number().int().min(1).max(most).default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'yes', 'no'])
    .transform((text) => ['true', '1', 'yes'].includes(text))
    .default(fallback);

const Settings = z.object({
  ENGRAM_HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  ENGRAM_PORT: z.coerce.number().int().min(0).max(65_535).optional().describe('default: 4600, or the next free one'),
  ENGRAM_PUBLIC_URL: z.url().optional().describe('how others reach the service; needed behind a proxy'),
  ENGRAM_TRUST_PROXY: flag(false).describe('believe X-Forwarded-For'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://user:password@host:port/database' })
    .optional()
    .describe('PostgreSQL; without it, an embedded database'),
  ENGRAM_STATE_DIR: z
    .string()
    .min(1)
    .default(join(homedir(), '.local', 'share', 'engram', 'service'))
    .describe('where the embedded database is kept'),
  ENGRAM_DATABASE_POOL: count(10, 200).describe('connections to PostgreSQL'),
  ENGRAM_WORKERS: z.coerce
    .number()
    .int()
    .min(0)
    .max(256)
    .default(Math.max(1, availableParallelism() - 1))
    .describe('training processes of this service; 0: none'),
  ENGRAM_ENGINE: z
    .enum(['auto', 'native', 'tensorflow', 'wasm', 'cpu'])
    .default('auto')
    .describe('what computes in training processes'),
  ENGRAM_LEASE_SECONDS: count(15, 600).describe('a worker that is silent for so long has lost its runs'),
  ENGRAM_CHECKPOINT_SECONDS: count(30, 86_400).describe('least time between checkpoints inside a task'),
  ENGRAM_ADMIN_TOKEN: z
    .string()
    .regex(/^engram_[A-Za-z0-9_-]{32,}$/, 'expected engram_ and at least 32 letters, digits, dashes or underscores')
    .optional()
    .describe('token of the first administrator; default: issued and shown once at the first start'),
  ENGRAM_LOCAL_SESSION: flag(true).describe('on a loopback address, give the site a session without a token'),
  ENGRAM_SITE: z.string().min(1).optional().describe('folder of the built site; default: the one in the workspace'),
  ENGRAM_BODY_LIMIT_BYTES: count(1_048_576, 1_073_741_824).describe('largest request body, uploads excepted'),
  ENGRAM_RATE_PER_TOKEN: count(100).describe('requests per second and token'),
  ENGRAM_RATE_PER_ADDRESS: count(200).describe('requests per second and address'),
  ENGRAM_STREAMS_PER_TOKEN: count(100).describe('event streams open at the same time'),
  ENGRAM_UPLOAD_BYTES: count(128 << 20, 2 ** 31).describe('largest upload of a data set, as it is sent'),
  ENGRAM_DATASET_BYTES: count(256 << 20, 2 ** 31).describe('largest data set, decoded'),
  ENGRAM_PROJECT_BYTES: count(2 ** 31, 2 ** 45).describe('data sets of one project together, decoded'),
  ENGRAM_S3_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('S3-compatible store for content'),
  ENGRAM_S3_BUCKET: z.string().min(1).optional(),
  ENGRAM_S3_REGION: z.string().min(1).default('us-east-1'),
  ENGRAM_S3_PREFIX: z.string().default('').describe('put in front of every name in the bucket'),
  ENGRAM_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  ENGRAM_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  ENGRAM_WEBHOOK_PRIVATE: flag(false).describe('let webhooks go to private addresses and over plain HTTP'),
  ENGRAM_WEBHOOK_RETRIES: count(8, 20).describe('repetitions of a message that was not taken'),
  ENGRAM_WEBHOOK_RETRY_SECONDS: count(5, 3600).describe('pause before the first repetition; it doubles each time'),
  ENGRAM_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

const s3 = [
  'ENGRAM_S3_ENDPOINT',
  'ENGRAM_S3_BUCKET',
  'ENGRAM_S3_ACCESS_KEY_ID',
  'ENGRAM_S3_SECRET_ACCESS_KEY',
] as const;

const Environment = Settings.refine((config) => new Set(s3.map((name) => config[name] === undefined)).size === 1, {
  error: `an object store needs all of ${s3.join(', ')}`,
  path: ['ENGRAM_S3_ENDPOINT'],
});

export type Config = z.infer<typeof Settings>;

/** A configuration that cannot be used; the message names every variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The service's configuration from environment variables. Throws ConfigError. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ConfigError(`The environment holds settings that cannot be used. ${problems.join('; ')}.`);
}

const secret: ReadonlySet<string> = new Set(['ENGRAM_ADMIN_TOKEN', 'ENGRAM_S3_SECRET_ACCESS_KEY']);

/** Every setting on a line, with secrets masked. */
export const configLines = (config: Config): string =>
  Object.entries(Settings.shape)
    .map(([name, { description }]) => {
      const value = config[name as keyof Config];
      return `${name}=${value === undefined ? '' : masked(name, String(value))}  # ${description ?? ''}`;
    })
    .join('\n');

function masked(name: string, value: string): string {
  if (secret.has(name)) return '***';
  if (name !== 'DATABASE_URL') return value;
  const url = new URL(value);
  if (url.password !== '') url.password = '***';
  for (const key of [...url.searchParams.keys()]) if (/pass|key|secret/i.test(key)) url.searchParams.set(key, '***');
  return url.href;
}
