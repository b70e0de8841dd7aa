import { OktaError } from '../okta-error.ts';
import type { Token } from '../tokens/token-store.ts';
import type { World } from '../world.ts';

/**
 * Finds the token of an `Authorization: SSWS …` header. Throws OktaError: E0000004 without credentials,
 * E0000005 for another scheme, E0000011 for a token that is unknown, revoked or idle for 30 days, or
 * whose owner is not an active person any more.
 */
export function authenticate(world: World, authorization: string | undefined): Token {
  const [scheme = '', value = ''] = (authorization ?? '').trim().split(/\s+/, 2);
  if (scheme === '') throw new OktaError(401, 'E0000004', 'Authentication failed');
  if (scheme.toUpperCase() !== 'SSWS') throw new OktaError(403, 'E0000005', 'Invalid session');
  if (value === '') throw new OktaError(401, 'E0000004', 'Authentication failed');
  const token = world.tokens.use(value, world.now());
  if (!token) throw invalidToken();
  const owner = world.organisation.adminPerson(token.owner);
  if (!owner || owner.status === 'DEPROVISIONED' || owner.status === 'SUSPENDED') throw invalidToken();
  return token;
}

/** 401 E0000011, Okta's one answer for every token that does not count. */
export function invalidToken(): OktaError {
  return new OktaError(401, 'E0000011', 'Invalid token provided');
}
