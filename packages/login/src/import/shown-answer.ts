import type { OutboundResponse } from '@gatehouse/contracts/outbound';
import type { Facts, Finding, Found, ImportOptions } from './import-context.ts';
import { printable } from './printable.ts';

const longestShown = 4000;
/** Of a longer body only this much is looked at. */
const longestRead = 20_000;
const longestSaid = 300;
/** A shorter one stands in every text. */
const shortestSecret = 4;

type Hiding = Pick<ImportOptions, 'redact'> & Pick<Found, 'sent'>;

/** An answer for people: status, target of a redirect and body, without tags and secrets, cut. */
export function showAnswer(response: OutboundResponse, hiding: Hiding): string {
  const location = response.headers.get('location');
  const text = isHtml(response) ? textOfHtml(response.body) : response.body.slice(0, longestRead);
  const lines = [
    `HTTP ${response.status}`,
    ...(location === null ? [] : [`location: ${location}`]),
    '',
    text,
  ];
  return shorten(hide(lines.join('\n').trimEnd(), hiding), longestShown);
}

/** What an OAuth or Okta API error says of itself. */
export type SaidError = { readonly error: string; readonly said: string };

/** Reads `error` and `error_description`, or Okta's `errorCode` and `errorSummary`; empty texts where there are none. */
export function readSaidError(response: OutboundResponse, hiding: Hiding): SaidError {
  const body = parseObject(response.body);
  const error = textOf(body.error) ?? textOf(body.errorCode) ?? '';
  const said = textOf(body.error_description) ?? textOf(body.errorSummary) ?? '';
  return {
    error: /^[\w.-]{1,60}$/.test(error) ? error : '',
    said: printable(hide(said.slice(0, longestRead), hiding), longestSaid),
  };
}

export function isHtml(response: OutboundResponse): boolean {
  const type = response.headers.get('content-type') ?? '';
  return /html/i.test(type) || /^\s*<(?:!doctype|html|head|body)/i.test(response.body.slice(0, 500));
}

/** Null when it is no JSON object. */
export function parseJsonObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(body.replace(/^\ufeff/, ''));
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
    return parsed as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}

/** The words of a page, a line for each paragraph; the page's tags are not understood beyond that. */
export function textOfHtml(body: string): string {
  return body
    .slice(0, longestRead)
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<\/(?:h\d|p|div|title|li|tr|header|main)\s*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:#39|#x27|apos);/gi, "'")
    .replaceAll(/&(?:quot|#34);/gi, '"')
    .replaceAll(/&amp;/gi, '&')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Takes out what was sent, in every way it may come back, and what looks like a secret. */
export function hide(text: string, { redact, sent }: Hiding): string {
  let rest = text;
  for (const secret of sent.filter(({ length }) => length >= shortestSecret)) {
    for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
      rest = rest.replaceAll(form, '[redacted]');
    }
  }
  return redact(rest);
}

/** What a provider says of itself becomes facts too: an issuer or an endpoint may carry anything. */
export function hideInFinding(finding: Finding, hiding: Hiding): Finding {
  const { fact, problem } = finding;
  return {
    ...finding,
    fact: fact === null ? null : hide(fact, hiding),
    problem: problem === null ? null : { ...problem, facts: hideInFacts(problem.facts, hiding) },
  };
}

function hideInFacts(facts: Facts, hiding: Hiding): Facts {
  const hidden = (value: unknown): unknown => {
    if (typeof value === 'string') return hide(value, hiding);
    return Array.isArray(value) ? value.map(hidden) : value;
  };
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, hidden(value)]));
}

function shorten(text: string, longest: number): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shown.replaceAll(/[^\P{Cc}\n\t]|\p{Cf}|[\u2028\u2029]/gu, '\ufffd');
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  return (body.length > longestRead ? null : parseJsonObject(body)) ?? {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
