import { z } from 'zod';

/** What a token may do; `admin` includes every other scope. */
export const Scope = z
  .enum(['runs:read', 'runs:write', 'runs:cancel', 'artifacts:read', 'datasets:write', 'admin'])
  .meta({ id: 'Scope' });

export type Scope = z.infer<typeof Scope>;

/** Who is asking, once their token or session has been checked. */
export interface Caller {
  readonly token: string;
  readonly project: string;
  readonly scopes: readonly Scope[];
  readonly via: 'token' | 'session';
}

export const maySee = ({ scopes }: Caller, scope: Scope): boolean => scopes.includes(scope) || scopes.includes('admin');
