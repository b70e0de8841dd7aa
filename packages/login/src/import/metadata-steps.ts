import { signingAlgorithms } from '@gatehouse/contracts/idp';
import {
  type Finding,
  type Found,
  failed,
  type ImportOptions,
  must,
  passed,
  warning,
} from './import-context.ts';
import { printable } from './printable.ts';
import { endpointNames } from './provider-document.ts';

/** Above this a warning. Unit: seconds. */
const clockWarning = 60;
/** An ID token from the future is refused above this, whatever the settings say. Unit: seconds. */
const mostBehind = 120;
/** Above this an ID token may be too old on arrival. Unit: seconds. */
const mostAhead = 300;

/** Endpoints on another origin are shown; one that must not be called fails the import. */
export function judgeEndpoints({ blockedReason }: ImportOptions, found: Found): Finding {
  const document = must(found.document);
  const issuer = new URL(found.issuer);
  const named = endpointNames.flatMap((name) => {
    const value = document[name];
    return value === null ? [] : [{ name, value }];
  });
  for (const { name, value } of named) {
    const why = endpointProblem(value, issuer, blockedReason);
    if (why !== null) {
      return failed('import-endpoint-unusable', { endpoint: name, value: printable(value, 120), why });
    }
  }
  const foreign = named.filter(({ value }) => new URL(value).origin !== issuer.origin);
  if (foreign.length > 0) {
    const endpoints = foreign.map(({ name, value }) => `${name} (${printable(new URL(value).host, 100)})`);
    return warning('import-endpoint-foreign', { count: foreign.length, endpoints: endpoints.join(', ') });
  }
  return passed(`${named.length} endpoints, all on ${issuer.host}`);
}

/** Why an address of the metadata cannot be used, or null. */
function endpointProblem(
  value: string,
  issuer: URL,
  blockedReason: ImportOptions['blockedReason'],
): string | null {
  const url = URL.parse(value);
  if (url === null) return 'it is no address';
  const isOwnHttp = url.protocol === 'http:' && url.origin === issuer.origin;
  if (url.protocol !== 'https:' && !isOwnHttp) return 'it is not https';
  if (url.username !== '' || url.password !== '') return 'it carries a user name or password';
  if (url.hash !== '') return 'it has a “#”';
  return blockedReason(url) === null ? null : 'its host is not on the public internet';
}

export function judgeCodeFlow(_context: ImportOptions, found: Found): Finding {
  const { responseTypes, grantTypes, challengeMethods } = must(found.document);
  if (responseTypes !== null && !responseTypes.includes('code')) {
    return failed('import-no-code-flow', { offered: wordsOf(responseTypes) });
  }
  if (grantTypes !== null && !grantTypes.includes('authorization_code')) {
    return failed('import-no-code-flow', { offered: wordsOf(grantTypes) });
  }
  if (!challengeMethods?.includes('S256')) return warning('import-no-pkce', {});
  return passed('authorization code with PKCE (S256)');
}

export function judgeScopes({ settings }: ImportOptions, found: Found): Finding {
  const wanted = ['openid', ...settings.scopes];
  const { scopes } = must(found.document);
  if (scopes === null) return passed(`${wanted.join(', ')}; the metadata does not list scopes`);
  const missing = wanted.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) return warning('import-scope-not-offered', { scopes: missing.join(', ') });
  return passed(wanted.join(', '));
}

/** Before any key is looked at: what the provider says that it signs with. Null: it fits, or is not said. */
export function algorithmProblem({ settings }: ImportOptions, found: Found): Finding | null {
  const { algorithms } = must(found.document);
  if (algorithms === null || algorithms.includes(settings.signingAlgorithm)) return null;
  const usable = signingAlgorithms.filter((algorithm) => algorithms.includes(algorithm));
  return failed('import-algorithm-not-offered', {
    algorithm: settings.signingAlgorithm,
    offered: wordsOf(algorithms),
    usable: usable.join(' or '),
  });
}

/** By the `Date` of the metadata's answer, with the `Age` that it spent in a cache (RFC 9110 6.6.1, RFC 9111 5.1). */
export function compareClocks(_context: ImportOptions, found: Found): Finding {
  const { response, askedAt, answeredAt } = must(found.metadataAnswer);
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(date)) return { ...warning('import-clock-unknown', {}), durationMs: null };
  const age = Number(response.headers.get('age') ?? 0);
  const theirs = date + (Number.isFinite(age) && age > 0 ? age * 1000 : 0);
  const seconds = Math.round(((askedAt + answeredAt) / 2 - theirs) / 1000);
  const isTooFar = seconds < -mostBehind || seconds > mostAhead;
  const apart = Math.abs(seconds);
  if (isTooFar) return { ...failed('import-clock-apart', { seconds }), durationMs: null };
  if (apart > clockWarning) return { ...warning('import-clock-apart', { seconds }), durationMs: null };
  return { ...passed(`${apart} s apart`), durationMs: null };
}

function wordsOf(list: readonly string[]): string {
  return list.length === 0 ? 'nothing' : printable(list.slice(0, 10).join(', '), 200);
}
