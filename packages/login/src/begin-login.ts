import { createHash } from 'node:crypto';
import { allowInsecureRequests, buildAuthorizationUrl, Configuration } from 'openid-client';
import type { Clock, LoginTracer, LoginTransactionStore, Upstream } from './ports.ts';
import { tracePassed } from './trace.ts';

/** How long a person may take at the upstream, in milliseconds: an hour, for those who must set up a second factor. */
export const loginLifetimeMs = 3_600_000;

export type BeginLoginInput = {
  readonly upstream: Upstream;
  readonly tracer: LoginTracer;
  /** Of the browser's transaction cookie: 32 random bytes, base64url. */
  readonly browserSecret: string;
  readonly applicationId: number | null;
  /** Validated by the caller: a path of ours or a URL of the application. */
  readonly returnUrl: string | null;
  /** OpenID Connect `prompt`, such as `login` for a test that shall not reuse a session. */
  readonly prompt?: string;
};

export type BeginLoginPorts = {
  readonly transactions: LoginTransactionStore;
  readonly now: Clock;
  /** So many bytes from a cryptographic source. */
  readonly randomBytes: (count: number) => Uint8Array;
};

/**
 * Begins a login: stores what the way back will be held against, then says where the browser goes. State, nonce and PKCE
 * (RFC 7636, S256) are always sent, whatever the upstream says about itself.
 *
 * @throws TypeError or ClientError of openid-client when the stored authorization endpoint cannot be used, such as http
 *   where it is not allowed; and what the store throws.
 */
export async function beginLogin(
  input: BeginLoginInput,
  ports: BeginLoginPorts,
): Promise<{ readonly redirectTo: string }> {
  const { upstream, tracer } = input;
  const random = () => Buffer.from(ports.randomBytes(32)).toString('base64url');
  const [state, nonce, verifier] = [random(), random(), random()];
  const now = ports.now();
  const url = authorizationUrl(input, { state, nonce, verifier });
  const { host } = url;

  if (tracer.kind === 'login') {
    tracePassed(tracer, { step: 'login-started', fact: `with ${upstream.name}` });
  }
  tracePassed(tracer, {
    step: 'sent-to-idp',
    fact: sentWords(url.searchParams),
    facts: { host, parameters: sentParameters(url.searchParams) },
  });
  const stored = ports.transactions.put(input.browserSecret, {
    idpId: upstream.idpId,
    loginVersion: upstream.loginVersion,
    trackerId: tracer.trackerId,
    applicationId: input.applicationId,
    returnUrl: input.returnUrl,
    state,
    nonce,
    verifier,
    createdAt: now,
    expiresAt: now + loginLifetimeMs,
  });
  // The callback may come to another process: what was recorded has to be there by then as well.
  await Promise.all([stored, tracer.flush()]);
  return { redirectTo: url.href };
}

function authorizationUrl(
  { upstream, prompt }: BeginLoginInput,
  secrets: { readonly state: string; readonly nonce: string; readonly verifier: string },
): URL {
  const { metadata, settings } = upstream;
  const configuration = new Configuration(
    { issuer: metadata.issuer, authorization_endpoint: metadata.authorizationEndpoint },
    settings.clientId,
  );
  if (upstream.allowsHttp) allowInsecureRequests(configuration);
  return buildAuthorizationUrl(configuration, {
    redirect_uri: upstream.callbackUrl,
    scope: [...new Set(['openid', ...settings.scopes])].join(' '),
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: createHash('sha256').update(secrets.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(prompt === undefined ? {} : { prompt }),
  });
}

/** Parameters that may be shown as they are; of all others only the name is. */
const shownParameters = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'code_challenge_method',
  'prompt',
]);

function sentParameters(parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...parameters].map(([name, value]) => [name, shownParameters.has(name) ? value : '(sent, not shown)']),
  );
}

function sentWords(parameters: URLSearchParams): string {
  const prompt = parameters.get('prompt');
  return [
    `response_type ${parameters.get('response_type')}`,
    `scope ${parameters.get('scope')}`,
    'S256',
    'state, nonce',
    ...(prompt === null ? [] : [`prompt ${prompt}`]),
  ].join(' · ');
}
