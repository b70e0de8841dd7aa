import type { IdpSettings } from '@gatehouse/contracts/idp';
import { type Finding, type Found, failed, type ImportOptions, must, passed } from './import-context.ts';
import { algorithmProblem } from './metadata-steps.ts';
import { callTimeoutMs, outboundProblem } from './outbound-problem.ts';
import { parseJsonObject, showAnswer } from './shown-answer.ts';

type SigningAlgorithm = IdpSettings['signingAlgorithm'];

/** NIST SP 800-57: what is shorter is not to be trusted any more. Unit: bits. */
const leastRsaBits = 2048;
const mostKeys = 100;

/** What a key has to be for an algorithm (RFC 7518 3.1, RFC 8037). */
const keyKinds: Readonly<Record<SigningAlgorithm, { readonly kty: string; readonly crv?: string }>> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
};

export type KeysReading =
  | { readonly kind: 'usable'; readonly count: number }
  | { readonly kind: 'none'; readonly count: number }
  | { readonly kind: 'weak'; readonly bits: number }
  | { readonly kind: 'unreadable' };

/** Reads the provider's public keys for one algorithm (RFC 7517 5). Never throws. */
export function readKeys(body: string, algorithm: SigningAlgorithm): KeysReading {
  const keys = parseJsonObject(body)?.keys;
  if (!Array.isArray(keys)) return { kind: 'unreadable' };
  const kind = keyKinds[algorithm];
  const fitting = keys.slice(0, mostKeys).filter((key) => {
    if (!isFields(key) || key.kty !== kind.kty) return false;
    if (kind.crv !== undefined && key.crv !== kind.crv) return false;
    if (key.use !== undefined && key.use !== 'sig') return false;
    return key.alg === undefined || key.alg === algorithm;
  });
  if (fitting.length === 0) return { kind: 'none', count: keys.length };
  if (kind.kty !== 'RSA') return { kind: 'usable', count: fitting.length };
  const bits = fitting.map((key) => bitsOf(key.n));
  const strong = bits.filter((length) => length >= leastRsaBits).length;
  return strong > 0 ? { kind: 'usable', count: strong } : { kind: 'weak', bits: Math.max(...bits) };
}

export async function judgeKeys(context: ImportOptions, found: Found): Promise<Finding> {
  const unfitting = algorithmProblem(context, found);
  if (unfitting !== null) return unfitting;
  const url = must(found.document).jwks_uri;
  const { signingAlgorithm: algorithm } = context.settings;
  let response: Awaited<ReturnType<ImportOptions['fetch']>>;
  try {
    response = await context.fetch({
      url,
      headers: { accept: 'application/json' },
      redirects: 'report',
      timeoutMs: callTimeoutMs,
      signal: context.signal,
    });
  } catch (error) {
    return failed('import-keys-unreachable', { url, why: outboundProblem(error, url).reason });
  }
  const raw = showAnswer(response, { redact: context.redact, sent: found.sent });
  if (response.status !== 200) {
    return failed('import-keys-unreachable', { url, why: `the answer was ${response.status}` }, raw);
  }
  const reading = readKeys(response.body, algorithm);
  if (reading.kind === 'usable') {
    return passed(`${reading.count} ${reading.count === 1 ? 'key' : 'keys'}, ${algorithm}`, raw);
  }
  if (reading.kind === 'none') return failed('import-keys-none', { count: reading.count, algorithm }, raw);
  if (reading.kind === 'weak') return failed('import-keys-weak', { bits: reading.bits }, raw);
  return failed('import-keys-unreachable', { url, why: 'the answer is no list of keys' }, raw);
}

/** Length of an RSA modulus in base64url. */
function bitsOf(modulus: unknown): number {
  if (typeof modulus !== 'string' || !/^[\w-]{1,4000}$/.test(modulus)) return 0;
  const bytes = Buffer.from(modulus, 'base64url');
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) return 0;
  return (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24);
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
