import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import { authorizationCodeGrant, type Configuration, getJwksCache } from 'openid-client';
import type { Check, Expectations } from './checks.ts';
import type { ExchangedTokens, TakenLogin } from './flow.ts';
import { isBearer, readGrantFailure } from './grant-failure.ts';
import { LoginError } from './login-result.ts';
import type { Clock, KeyCache } from './ports.ts';
import { seenText } from './seen-text.ts';
import { traceChecks, tracePassed } from './trace.ts';
import { UpstreamCalls } from './upstream-call.ts';
import { configureUpstream, forgetKeys, keepKeys, offerKeys } from './upstream-configuration.ts';

export type ExchangePorts = {
  readonly fetch: OutboundFetch;
  readonly keys: KeyCache;
  readonly now: Clock;
};

/** Tokens that the library accepted, and what is needed to go on with them. */
export type Exchange = {
  readonly tokens: ExchangedTokens;
  readonly configuration: Configuration;
  readonly calls: UpstreamCalls;
  readonly expected: Omit<Expectations, 'signature' | 'accessToken'>;
  /** Keys that the upstream publishes; 0 when not known. */
  readonly keyCount: number;
};

/**
 * Exchanges the code for tokens, with the library's checks of answer and ID token, signature included.
 *
 * @throws LoginError whose step is the check that refused; the steps before it are traced.
 */
export async function exchangeCode(
  login: TakenLogin,
  rawQuery: string,
  ports: ExchangePorts,
): Promise<Exchange> {
  const { upstream, transaction, tracer } = login;
  const now = ports.now();
  const calls = new UpstreamCalls(ports.fetch, ports.now);
  const configuration = configureUpstream(upstream, calls, now);
  const keys = await offerKeys(configuration, upstream, { keys: ports.keys, now });
  const expected = {
    issuer: upstream.metadata.issuer,
    clientId: upstream.settings.clientId,
    algorithm: upstream.settings.signingAlgorithm,
    nonce: transaction.nonce,
    now,
    maximumAgeSeconds: upstream.settings.maximumTokenAgeSeconds,
  };
  try {
    // Never the request's own URL: in `new URL(request.url, base)` a path such as //evil.example changes the host.
    const answer = new URL(upstream.callbackUrl);
    answer.search = rawQuery;
    const granted = await authorizationCodeGrant(configuration, answer, {
      expectedState: transaction.state,
      expectedNonce: transaction.nonce,
      pkceCodeVerifier: transaction.verifier,
      idTokenExpected: true,
    });
    if (!isBearer(granted.token_type)) throw unknownType(granted.token_type);
    traceExchanged(login, calls);
    const tokens = { idToken: granted.id_token ?? '', accessToken: granted.access_token };
    const keyCount = getJwksCache(configuration)?.jwks.keys.length ?? 0;
    return { tokens, configuration, calls, expected, keyCount };
  } catch (cause) {
    if (cause instanceof LoginError) throw cause;
    const { error, checks } = readGrantFailure(cause, { calls, keys, expected });
    if (calls.last('keys') === null && isSignatureRefused(error, checks))
      await forgetKeys(upstream, ports.keys);
    if (error === null || error.failure.step.startsWith('id-token')) traceExchanged(login, calls);
    traceChecks(tracer, checks, {});
    throw error ?? new LoginError({ code: 'server-error', step: 'code-exchanged', facts: {} }, { cause });
  } finally {
    await keepKeys(configuration, upstream, { keys: ports.keys, calls, now });
  }
}

function traceExchanged({ tracer }: TakenLogin, calls: UpstreamCalls): void {
  const call = calls.last('token');
  if (call === null) return;
  const { host, durationMs, answer } = call;
  tracePassed(tracer, {
    step: 'code-exchanged',
    fact: `${host} answered ${answer?.status ?? 200} in ${durationMs} ms`,
    durationMs,
    facts: { host, status: answer?.status ?? null },
  });
}

/** By keys that were not fetched in this login: where a token names no key, or a key keeps its name, they may be old. */
function isSignatureRefused(error: LoginError | null, checks: readonly Check[]): boolean {
  return (
    error?.failure.code === 'id-token-signature' ||
    checks.some(({ code, ok }) => code === 'id-token-signature' && !ok)
  );
}

/** The library takes DPoP for a known type, also where no proof was made. */
function unknownType(type: string): LoginError {
  return new LoginError(
    { code: 'token-type-unknown', step: 'code-exchanged', facts: {} },
    { expected: 'Bearer', seen: seenText(type, 60) },
  );
}
