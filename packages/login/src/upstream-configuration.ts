import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockSkew,
  customFetch,
  enableNonRepudiationChecks,
  getJwksCache,
  type ServerMetadata,
  setJwksCache,
} from 'openid-client';
import { clientAuthenticationOf } from './client-authentication.ts';
import type { KeyCache, Upstream } from './ports.ts';
import type { UpstreamCalls } from './upstream-call.ts';

/** What `KeyCache` holds for us. */
type StoredKeys = {
  readonly jwks: { readonly keys: readonly unknown[] };
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
};

/**
 * Keys older than this are fetched anew, so that one that the upstream withdrew opens nothing for longer. In
 * milliseconds; the library's own limit (300 s) would start anew at each login, as the age that we give it is not theirs.
 */
const keysFreshFor = 300_000;

/**
 * The library fetches keys for an unknown key id only when those that it has are 60 s old or more. Handing them over as
 * just that old makes a known key cost no request, and a rotated one work at once.
 */
const keysAgeSeconds = 61;

/** A `Configuration` for one login, from stored metadata: nothing is discovered, nothing of the login before is reused. */
export function configureUpstream(upstream: Upstream, calls: UpstreamCalls, now: number): Configuration {
  const { metadata, settings } = upstream;
  const server: ServerMetadata = {
    issuer: metadata.issuer,
    authorization_endpoint: metadata.authorizationEndpoint,
    token_endpoint: metadata.tokenEndpoint,
    jwks_uri: metadata.jwksUri,
    authorization_response_iss_parameter_supported: metadata.sendsIss,
    ...(metadata.userinfoEndpoint === null ? {} : { userinfo_endpoint: metadata.userinfoEndpoint }),
  };
  const configuration = new Configuration(
    server,
    settings.clientId,
    // Pinned: else the upstream's metadata decides, which may list `none` and HS256.
    { id_token_signed_response_alg: settings.signingAlgorithm, [clockSkew]: skewOf(now) },
    clientAuthentication(upstream),
  );
  configuration[customFetch] = calls.customFetch;
  // In the code flow the library does not look at ID-token signatures by itself.
  enableNonRepudiationChecks(configuration);
  if (upstream.allowsHttp) allowInsecureRequests(configuration);
  return configuration;
}

/** By setting, else by metadata. RFC 8414 section 2: metadata that names no method means `client_secret_basic`. */
function clientAuthentication({ settings, metadata, clientSecret }: Upstream): ClientAuth {
  const { clientAuthentication: chosen } = settings;
  const method = clientAuthenticationOf(chosen, metadata.tokenEndpointAuthMethods) ?? chosen;
  return method === 'client_secret_post' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
}

/** Seconds between our clock and the system's, which the library reads by itself; 0 but in tests. */
function skewOf(now: number): number {
  return Math.round((now - Date.now()) / 1000);
}

/** Hands the configuration the keys as last seen, if they are fresh. Answers them. */
export async function offerKeys(
  configuration: Configuration,
  upstream: Upstream,
  { keys, now }: { readonly keys: KeyCache; readonly now: number },
): Promise<readonly unknown[]> {
  const stored = readStored(await keys.read(upstream.idpId).catch(() => null));
  if (stored === null || Math.abs(now - stored.fetchedAt) >= keysFreshFor) return [];
  // The library compares with the system's clock, not with ours.
  const uat = Math.floor(Date.now() / 1000) - keysAgeSeconds;
  setJwksCache(configuration, { jwks: { keys: [...stored.jwks.keys] as [] }, uat });
  return stored.jwks.keys;
}

/** Keeps keys that were fetched in this login. Never fails it. */
export async function keepKeys(
  configuration: Configuration,
  upstream: Upstream,
  { keys, calls, now }: { readonly keys: KeyCache; readonly calls: UpstreamCalls; readonly now: number },
): Promise<void> {
  const cache = getJwksCache(configuration);
  if (cache === undefined || calls.last('keys')?.answer?.status !== 200) return;
  const stored: StoredKeys = { jwks: { keys: cache.jwks.keys }, fetchedAt: now };
  await keys.save(upstream.idpId, upstream.loginVersion, stored).catch(() => undefined);
}

/** The next login fetches them. Never fails this one. */
export async function forgetKeys({ idpId, loginVersion }: Upstream, keys: KeyCache): Promise<void> {
  await keys.save(idpId, loginVersion, null).catch(() => undefined);
}

/** Anything that is not ours, of another version or from before a restore, is as good as nothing. */
function readStored(value: unknown): StoredKeys | null {
  if (typeof value !== 'object' || value === null) return null;
  const { jwks, fetchedAt } = value as Partial<Record<keyof StoredKeys, unknown>>;
  if (typeof fetchedAt !== 'number' || typeof jwks !== 'object' || jwks === null) return null;
  const { keys } = jwks as { keys?: unknown };
  return Array.isArray(keys) ? { jwks: { keys }, fetchedAt } : null;
}
