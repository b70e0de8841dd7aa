import { checkIdToken, instantText } from './checks.ts';
import { mergeClaims, personLabel } from './claims.ts';
import type { Exchange } from './exchange-code.ts';
import { asProven, type Claims, type ProvenIdentity, type TakenLogin } from './flow.ts';
import { type DecodedIdToken, decodeIdToken } from './id-token.ts';
import { LoginError } from './login-result.ts';
import { cutText } from './seen-text.ts';
import { showLive, traceableClaims, traceChecks, tracePassed } from './trace.ts';
import { readUserinfo } from './userinfo.ts';

/**
 * The last checks: ours, on a token whose signature the library verified; then userinfo about the same subject.
 *
 * @throws LoginError whose step is the check that refused; the steps before it are traced.
 */
export async function proveIdentity(login: TakenLogin, exchange: Exchange): Promise<ProvenIdentity> {
  const { tracer, upstream } = login;
  const { tokens, expected } = exchange;
  const decoded = decodeIdToken(tokens.idToken);
  if (decoded === null) {
    throw new LoginError({ code: 'id-token-unreadable', step: 'id-token-signature', facts: {} });
  }
  const { accessToken } = tokens;
  const checks = checkIdToken(decoded, { ...expected, accessToken, signature: 'verified' });
  traceChecks(tracer, checks, {
    'id-token-signature': signatureFact(decoded, exchange.keyCount),
    'id-token-nonce': 'matches the one that was sent',
    'id-token-times': timesFact(decoded.claims, expected.now),
  });
  await showLive(tracer);

  // A check of ours holds: 1 to 255 ASCII characters.
  const subject = String(decoded.claims.sub);
  const userinfo = await readUserinfo(login, exchange, subject);
  const claims = mergeClaims(decoded.claims, userinfo);
  const label = personLabel(claims);
  tracePassed(tracer, { step: 'claims', fact: claimsFact(claims) });
  tracer.claims(traceableClaims(claims));
  tracer.person(label, null);
  return asProven({ issuer: upstream.metadata.issuer, subject, claims, label });
}

function signatureFact({ header }: DecodedIdToken, keyCount: number): string {
  const key = typeof header.kid === 'string' ? `key ${cutText(header.kid, 8)}` : 'the only key';
  const known = keyCount > 1 ? ` is one of ${keyCount} keys` : '';
  return `${header.alg}, ${key}${known}`;
}

/** Where clocks differ, it shows here first. */
function timesFact({ iat, exp }: Claims, now: number): string {
  const age = Math.floor(now / 1000) - Number(iat);
  const issued = age >= 0 ? `issued ${age} s ago` : `issued ${-age} s in the future, the clocks differ`;
  const left = Number(exp) - Math.floor(now / 1000);
  return left > 0
    ? `${issued}, ends ${instantText(exp)}`
    : `${issued}, ended ${-left} s ago, less than the 30 s that clocks may differ`;
}

function claimsFact(claims: Claims): string {
  const names = [
    'preferred_username',
    'email',
    'email_verified',
    'given_name',
    'family_name',
    'name',
    'groups',
  ];
  const there = names.filter((name) => claims[name] !== undefined);
  const count = Object.keys(claims).length;
  return there.length === 0 ? `${count}, none about the person` : `${count}, among them ${there.join(', ')}`;
}
