import { describe, expect, it } from 'vitest';
import { ConfigError, configLines, readConfig } from './config.ts';
import { createLog } from './service.ts';

describe('the configuration', () => {
  it('needs none', () => {
    const config = readConfig({});
    expect([config.ENGRAM_HOST, config.DATABASE_URL]).toEqual(['127.0.0.1', undefined]);
  });

  it('names every variable that is wrong', () => {
    const wrong = {
      ENGRAM_PORT: '99999',
      ENGRAM_WORKERS: 'many',
      DATABASE_URL: 'mysql://x',
      ENGRAM_ADMIN_TOKEN: 'short',
    };
    const say = (): unknown => readConfig(wrong);
    expect(say).toThrow(ConfigError);
    for (const name of Object.keys(wrong)) expect(say).toThrow(name);
  });

  it('is printed without its secrets', () => {
    const token = 'engram_0123456789012345678901234567890123456789';
    const text = configLines(
      readConfig({ DATABASE_URL: 'postgres://me:hidden@db.example/x?sslpassword=hidden', ENGRAM_ADMIN_TOKEN: token }),
    );
    expect(text).toContain('DATABASE_URL=postgres://me:***@db.example/x?sslpassword=***');
    expect(text).toContain('ENGRAM_ADMIN_TOKEN=***');
    expect(text).not.toMatch(/hidden|0123456789/);
  });
});

it('logs without what gives access', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  log.info({
    headers: { authorization: 'Bearer engram_x', cookie: 'engram_session=x' },
    req: { headers: { authorization: 'y' } },
  });
  log.info({ secret: 'engram_x', made: { secret: 'engram_x', token: 'engram_x' } });
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(/engram_/);
});
