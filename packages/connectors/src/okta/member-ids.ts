import { idOf } from './schema.ts';

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;
const letters = { i: 105, d: 100 };
/** Levels inside a record that fit into one number. */
const deepest = 30;

/**
 * The ids of a page of members, null for a record without a usable one. Okta sends each member as a whole user
 * (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/#tag/Group/operation/listGroupUsers),
 * a megabyte a page of which nothing else is needed: looking for the ids takes half the time of `JSON.parse`. Whatever is
 * not written as Okta writes it is left to that, and so is every text that is cut off. What is no list is answered as it is.
 * @throws SyntaxError as `JSON.parse` does
 */
export function readMemberIds(text: string): unknown {
  const scanned = scanIds(text);
  if (scanned !== null) return scanned.map((id) => idOf({ id }));
  const page: unknown = JSON.parse(text);
  return Array.isArray(page) ? page.map(idOf) : page;
}

/** Null where the text is anything but a compact list of objects whose brackets match. */
function scanIds(text: string): (string | null)[] | null {
  if (text === '[]') return [];
  if (text.charCodeAt(0) !== openBracket) return null;
  const ids: (string | null)[] = [];
  for (let at = 1; ; at += 1) {
    if (text.charCodeAt(at) !== openBrace) return null;
    at = scanRecord(text, at + 1, ids);
    if (at === -1) return null;
    const next = text.charCodeAt(at);
    if (next === comma) continue;
    return next === closeBracket && at + 1 === text.length ? ids : null;
  }
}

/** Adds the id of one record, the last one as in `JSON.parse`. Answers the place behind the record, or -1. */
function scanRecord(text: string, from: number, ids: (string | null)[]): number {
  let id: string | null = null;
  let depth = 0;
  /** A bit a level: whether it is an object. */
  let kinds = 0;
  let isKey = true;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at + 1);
      if (end === -1) return -1;
      if (depth === 0 && isKey) {
        isKey = false;
        if (text.charCodeAt(end + 1) !== colon || beginsEscaped(text, at + 1)) return -1;
        if (isIdKey(text, at, end)) {
          id = stringAt(text, end + 2);
          if (id?.includes('\\') === true) return -1;
        }
      }
      at = end;
    } else if (code === comma) {
      if (depth === 0) isKey = true;
    } else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > deepest) return -1;
      kinds = (kinds << 1) | (code === openBrace ? 1 : 0);
    } else if (code === closeBrace || code === closeBracket) {
      if (depth === 0) {
        if (code === closeBracket) return -1;
        ids.push(id);
        return at + 1;
      }
      if ((kinds & 1) !== (code === closeBrace ? 1 : 0)) return -1;
      kinds >>= 1;
      depth -= 1;
    }
  }
  return -1;
}

/** The closing quote of the string that begins here, or -1. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

function isIdKey(text: string, start: number, end: number): boolean {
  return (
    end - start === 3 && text.charCodeAt(start + 1) === letters.i && text.charCodeAt(start + 2) === letters.d
  );
}

/** A key that could say `id` in another way. */
function beginsEscaped(text: string, from: number): boolean {
  return text.charCodeAt(from) === backslash || text.charCodeAt(from + 1) === backslash;
}

/** As it is written; null where there is no string. */
function stringAt(text: string, from: number): string | null {
  if (text.charCodeAt(from) !== quote) return null;
  const end = endOfString(text, from + 1);
  return end === -1 ? null : text.slice(from + 1, end);
}
