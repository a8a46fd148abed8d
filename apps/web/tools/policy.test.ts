import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { policyFor } from './policy.ts';

it('allows the inline scripts of a page by their hash, and nothing from elsewhere', () => {
  const policy = policyFor('<head><script src="/a.js"></script><script>f()</script><script id="x">g()</script></head>');
  const hash = (code: string): string => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
  expect(policy).toContain(`script-src 'self' 'wasm-unsafe-eval' ${hash('f()')} ${hash('g()')};`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:/);
});
