import { describeError } from './describe-error.ts';

/** Stands where a secret was. */
export const redacted = '[redacted]';

const deepest = 12;

/** Endings of names whose value is a secret, wherever the name stands. */
const secretNames =
  'pass(?:word|wd|phrase)|secret|token|authorization|cookies?|api[_-]?key|app[_-]?key|private[_-]?key|code[_-]?verifier|assertion|credentials?|samlresponse|session[_-]?id';
/** Names that mean a one-time value in an OAuth address or answer, and an ordinary word elsewhere. */
const oauthNames = 'code|state|nonce|session_state|sid';

const secretKey = new RegExp(`(?:${secretNames})$`, 'i');
const oauthKey = new RegExp(`^(?:${oauthNames})$`, 'i');
/** An error code or a state of ours: `ECONNREFUSED`, `E0000011`, `P2002`, `blocked-address`, `404`. */
const ordinaryWord = /^(?:[A-Z][A-Z0-9_]{0,60}|[a-z]+(?:[-_.][a-z0-9]+)*|\d{1,3})$/;

/** Every pattern runs in linear time: what is logged may come from outside. Whole shapes first, then names. */
const textRules: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, redacted],
  // JWS (three parts) and JWE (five); a JSON object in base64url begins with "ey", also where a JWS is cut in its second part.
  [/(?<![\w-])ey[\w-]{8,}\.(?:[\w-]*\.[\w-]*(?:\.[\w-]*){0,2}|ey[\w-]*)/g, redacted],
  [/gh-setup-[\w-]+/g, redacted],
  [/enc:v1:[\w-]+:[\w-]+/g, redacted],
  // An Okta API token: 42 characters that begin with 00.
  [/(?<![\w-])00[\w-]{40}(?![\w-])/g, redacted],
  // user:password@ in an address
  [/(:\/\/)[^\s/"'@]+@/g, `$1${redacted}@`],
  // header lines, whole
  [/\b((?:set-)?cookie|(?:proxy-)?authorization)(\s*:\s*)(?!["'[])[^\r\n]+/gi, `$1$2${redacted}`],
  [
    /\b(SSWS|Bearer|Basic|DPoP)(\s+)(?!auth(?:entication|orization)?\b|tokens?\b|realm=|error=|\[)[^\s"',;]+/gi,
    `$1$2${redacted}`,
  ],
  // name: 'value', "name": "value", name="value"
  [
    new RegExp(`((?:${secretNames})["']?\\s*[:=]\\s*)(["'])(?:(?!\\2)[^\\\\]|\\\\[\\s\\S])*(?:\\2|$)`, 'gi'),
    `$1$2${redacted}$2`,
  ],
  // the same as JSON inside a JSON string
  [new RegExp(`((?:${secretNames})\\\\+"\\s*:\\s*\\\\+")[^"\\\\]*`, 'gi'), `$1${redacted}`],
  // name=value, name: value, percent-encoded name%3Dvalue
  [
    new RegExp(`((?:${secretNames})\\s*(?:=|%3D|:)\\s*)(?![\\s"'\\\\{[])[^\\s&"'<>;,)\\]]+`, 'gi'),
    `$1${redacted}`,
  ],
  [
    new RegExp(`((?:(?<![\\w-])|(?<=%3F|%26))(?:${oauthNames})(?:=|%3D))[^\\s&"'<>;,)\\]]+`, 'gi'),
    `$1${redacted}`,
  ],
];

/** Replaces whatever looks like a secret in a text: tokens, header lines, `name=value` pairs, addresses with passwords. */
export function redactText(text: string): string {
  return textRules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/**
 * Copies JSON-like data with its secrets replaced: by name of the field, and by shape in names and values. Knows the
 * flat lists of Node's `rawHeaders` and the `{name, value}` pairs of HAR files. Errors become their description.
 */
export function redactValue(value: unknown): unknown {
  return redactNested(value, [], { text: redactText, isSecret: isSecretOfLogs });
}

/** What replaces by one set of rules. */
export type RedactionRules = {
  /** `name`: of the field that the text stands in. */
  readonly text: (text: string, name?: string) => string;
  readonly isSecret: (name: string, value: unknown) => boolean;
};

/** The same walk through data by rules of one's own. */
export function redactBy(rules: RedactionRules, value: unknown): unknown {
  return redactNested(value, [], rules);
}

function redactNested(
  value: unknown,
  above: readonly object[],
  rules: RedactionRules,
  name?: string,
): unknown {
  if (typeof value === 'string') return rules.text(value, name);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[circular]';
  if (above.length >= deepest) return '[too deep]';
  const path = [...above, value];
  if (value instanceof Error) return redactNested(describeError(value), path, rules);
  if (Array.isArray(value)) return redactList(value, path, rules, name);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return redactNested(value.toJSON(), path, rules, name);
  }
  return redactFields(value, path, rules);
}

function redactFields(
  value: object,
  path: readonly object[],
  rules: RedactionRules,
): Record<string, unknown> {
  const entries = Object.entries(value);
  const named = 'name' in value && typeof value.name === 'string' && 'value' in value ? value.name : null;
  return Object.fromEntries(
    entries.map(([key, field]) => {
      const meaning = key === 'value' && named !== null ? named : key;
      const shown = rules.isSecret(meaning, field) ? redacted : redactNested(field, path, rules, meaning);
      return [rules.text(key), shown];
    }),
  );
}

/** In a flat list of names and values a secret follows its name. */
function redactList(
  list: readonly unknown[],
  path: readonly object[],
  rules: RedactionRules,
  name?: string,
): unknown[] {
  return list.map((entry, index) => {
    const before = index % 2 === 1 ? list[index - 1] : undefined;
    const isPaired = typeof before === 'string' && typeof entry === 'string' && list.length % 2 === 0;
    return isPaired && secretKey.test(before) ? redacted : redactNested(entry, path, rules, name);
  });
}

function isSecretOfLogs(name: string, value: unknown): boolean {
  if (hasSecretName(name, value)) return true;
  return oauthKey.test(name) && typeof value === 'string' && value !== '' && !ordinaryWord.test(value);
}

/** By its name alone. `{set: true}`, `hasToken: true` and an empty field give nothing away. */
export function hasSecretName(name: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'boolean' || value === '') return false;
  return secretKey.test(name) && !isWriteOnlyMark(value);
}

/** Whether the name means a one-time value of OAuth: a code, a state, a nonce. */
export function isOauthName(name: string): boolean {
  return oauthKey.test(name);
}

function isWriteOnlyMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'set' in value && typeof value.set === 'boolean';
}
