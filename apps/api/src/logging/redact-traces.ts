import { type LoginStepCode, loginFailureCodes } from '@gatehouse/contracts/login-codes';
import { hasSecretName, isOauthName, redactBy, redacted, redactText } from './redact.ts';

/** Redacts what a login is traced with: stricter than logs, because one-time values pass by in every step. */
export type TraceRedactor = {
  /** `name`: of the field that the text stands in, where it is known to be one that may be shown, such as `sub`. */
  text(text: string, name?: string): string;
  /** Copies JSON-like data; names of fields are redacted too. */
  value(value: unknown): unknown;
};

/** Shorter ones would be found inside ordinary words. */
const shortestValue = 6;

const names = 'code|state|nonce|session_state|sid';
/** `nonce: x`, `"code":"x"` also inside a JSON string, `the code 'x'`. `name=x` is a rule of logs, too lenient with words. */
const namedValue = new RegExp(
  `((?:(?<![\\w-])|(?<=%3F|%26))(${names})(?:\\\\{0,9}["'])?(?:\\s{0,9}(?:[:=]|%3D)\\s{0,9}(?:\\\\{0,9}["'])?|\\s{1,9}["'“\`]))([^\\s"'”\`\\\\&<>;,)\\]]{6,})`,
  'gi',
);
/** Ends a text that was cut before it came here. */
const cutMark = '…';
/** Ours are the last ones: a value and what was expected of it. */
const marksLooked = 4;
const prefixedCookie = /(__(?:Host|Secure)-[\w.-]{1,80}(?:=|%3D))[^\s;,"'<>&]+/g;

/** A code, token, state, nonce or verifier that stands alone: long, and as good as random. */
const longWord = /(?<![\w-])[\w-]{40,}(?![\w-])/g;
/** The same, and an API token, where it is cut: what is left of it is shorter. */
const cutWord = /(?<![\w-])[\w-]{12,}(?=…)/g;
/** Long public values that a trace must show: who, for whom, by which key. */
const publicName =
  /^(?:kids?|key_?ids?|x5t(?:#s256)?|thumbprint|sub|subject|aud|azp|iss|issuer|client_?id|external_?id|[acs]_hash|oid|jti)$/i;
const afterPublicName =
  /(?<![\w-])(?:kid|key(?: id)?|sub|subject|aud|azp|client_id)["']?\s{0,3}[:=]?\s{0,3}["'“]?$/i;

/** What these steps expect and see names somebody or something, however random it looks. */
const publicSteps: Partial<Record<LoginStepCode, string>> = {
  'id-token-subject': 'sub',
  userinfo: 'sub',
  'id-token-audience': 'aud',
};

/** The name to redact by what a step expected and saw; undefined: no particular one. */
export function publicNameOf(step: LoginStepCode): string | undefined {
  return publicSteps[step];
}

/** What a fact named `code` or `state` may say: codes and states of ours, and error codes. */
const knownCodes: ReadonlySet<string> = new Set([
  ...loginFailureCodes,
  // RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_token',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
  'access_denied',
  'server_error',
  'temporarily_unavailable',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]);
const ourStates: ReadonlySet<string> = new Set(['in-progress', 'timed-out', 'not-set']);
const errorCode = /^(?:E[A-Z]{3,20}|E\d{7}|\d{3})$/;
const word = /^\p{L}{2,20}$/u;
const partOfSentence = /^[\p{L}\p{P}]{1,20}$/u;

/** @param values secrets that are known, found wherever they stand, also percent-encoded, in JSON and in base64 */
export function createTraceRedactor(values: readonly string[] = []): TraceRedactor {
  const forms = formsOf(values);
  const known = patternOf(forms);
  const lowerForms = forms.map((form) => form.toLowerCase());

  function text(given: string, name?: string): string {
    const bare = hideCut(known === null ? given : given.replace(known, redacted), lowerForms);
    const named = redactText(bare)
      .replace(prefixedCookie, `$1${redacted}`)
      .replace(namedValue, (whole: string, before: string, its: string, value: string) =>
        isPlain(its, value) ? whole : `${before}${redacted}`,
      );
    if (name !== undefined && publicName.test(name)) return named;
    const hideRandom = (word: string, offset: number, whole: string) => {
      const before = whole.slice(Math.max(0, offset - 24), offset);
      return looksRandom(word) && !afterPublicName.test(before) ? redacted : word;
    };
    return named.replace(longWord, hideRandom).replace(cutWord, hideRandom);
  }

  const isSecret = (name: string, value: unknown) => {
    if (hasSecretName(name, value)) return true;
    return isOauthName(name) && typeof value === 'string' && value !== '' && !isPlain(name, value);
  };

  return { text, value: (value) => redactBy({ text, isSecret }, value) };
}

function isPlain(name: string, value: string): boolean {
  if (value.startsWith('[')) return true;
  if (/^code$/i.test(name)) return knownCodes.has(value) || errorCode.test(value);
  if (ourStates.has(value) || word.test(value)) return true;
  const parts = value.split(' ');
  return parts.length > 1 && parts.every((part) => partOfSentence.test(part));
}

/** Random base64url changes between small, capital and digit at six of ten places; names of people's things do not. */
function looksRandom(word: string): boolean {
  const letters = word.replaceAll(/[-_]/g, '');
  if (!/[a-z]/.test(letters) || !/[A-Z]/.test(letters) || !/\d/.test(letters)) return false;
  const kinds = [...letters].map((letter) => (/\d/.test(letter) ? 0 : /[A-Z]/.test(letter) ? 1 : 2));
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return changes >= letters.length * 0.42;
}

/** Takes out what is left of known values where the text was cut. `forms` are in small letters. */
function hideCut(text: string, forms: readonly string[]): string {
  const parts = text.split(cutMark);
  const last = parts.length - 1;
  return parts
    .map((part, index) => {
      if (index === last || index < last - marksLooked) return part;
      const left = Math.max(0, ...forms.map((form) => leftOf(part.slice(-form.length).toLowerCase(), form)));
      return left === 0 ? part : `${part.slice(0, -left)}${redacted}`;
    })
    .join(cutMark);
}

/** How much of the end of a text is the beginning of a form; 0: less than could be told from a word. */
function leftOf(text: string, form: string): number {
  const beginning = form.slice(0, shortestValue);
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, at + 1)) {
    if (form.startsWith(text.slice(at))) return text.length - at;
  }
  return 0;
}

/** Every way in which a known value may stand in a text, the longest first. */
function formsOf(values: readonly string[]): readonly string[] {
  const forms = new Set(
    values
      .filter((value) => value.length >= shortestValue)
      .flatMap((value) => [
        value,
        encodeURIComponent(value.toWellFormed()),
        JSON.stringify(value).slice(1, -1),
        Buffer.from(value).toString('base64').replace(/=+$/, ''),
        Buffer.from(value).toString('base64url'),
      ]),
  );
  return [...forms].sort((left, right) => right.length - left.length);
}

function patternOf(longestFirst: readonly string[]): RegExp | null {
  if (longestFirst.length === 0) return null;
  return new RegExp(
    longestFirst.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'),
    'gi',
  );
}
