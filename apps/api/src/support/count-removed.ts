import { redacted } from '../logging/redact.ts';

export type Removed = { readonly kind: string; readonly count: number };

/** The first that fits names what stood there. */
const kinds: readonly [name: RegExp, kind: string][] = [
  [/cookie|^__(?:host|secure)-/i, 'cookie'],
  [/^(?:proxy-)?authorization$|^basic$/i, 'authorization header'],
  [/verifier/i, 'code verifier'],
  [/^nonce$/i, 'nonce'],
  [/^(?:session_)?state$/i, 'state'],
  [/^code$/i, 'code'],
  [/client_?secret/i, 'client secret'],
  [/password|secret|credential/i, 'password'],
  [/token|assertion|^(?:ssws|bearer|dpop)$/i, 'token'],
];
const otherKind = 'secret value';

const mark = /(?:([\w-]{1,60})["'“\\]{0,4}\s{0,3}(?:=|%3D|:)?\s{0,3}["'“\\]{0,4})?\[redacted\]/gi;

/** Counts the marks that redaction left in JSON-like data, by what the names before them say. Sorted by kind. */
export function countRemoved(data: unknown, withheld: readonly Removed[] = []): Removed[] {
  const counts = new Map<string, number>();
  const add = (kind: string, count = 1) => counts.set(kind, (counts.get(kind) ?? 0) + count);
  for (const { kind, count } of withheld) add(kind, count);
  walk(data, '', add);
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ({ kind, count }))
    .sort((left, right) => (left.kind < right.kind ? -1 : 1));
}

function walk(value: unknown, name: string, add: (kind: string) => void): void {
  if (typeof value === 'string') {
    if (value === redacted) add(kindOf(name));
    else countInText(value, add);
    return;
  }
  if (Array.isArray(value)) {
    for (const entry of value) walk(entry, name, add);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    countInText(key, add);
    walk(field, key, add);
  }
}

function countInText(text: string, add: (kind: string) => void): void {
  for (const match of text.matchAll(mark)) add(kindOf(match[1] ?? ''));
}

function kindOf(name: string): string {
  return kinds.find(([pattern]) => pattern.test(name))?.[1] ?? otherKind;
}
