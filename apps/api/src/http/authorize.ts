import { maySee, ServiceError } from '@engram/contracts/service';
import type { Caller, Scope, ServiceContext } from '@engram/contracts/service';

/** The caller of a route outside the router, who needs a scope there too. */
export function callerWith({ caller }: Pick<ServiceContext, 'caller'>, scope: Scope): Caller {
  if (caller === null) {
    throw new ServiceError('unauthenticated', 'This needs a token; none came, or it is not valid any more.', {
      hint: 'Send the header "Authorization: Bearer engram_…".',
    });
  }
  if (!maySee(caller, scope)) {
    throw new ServiceError('forbidden', `This needs the scope ${scope}; the token has ${caller.scopes.join(', ')}.`, {
      hint: 'Use a token with that scope.',
    });
  }
  return caller;
}
