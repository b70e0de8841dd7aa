import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import type { TraceEntry } from '@gatehouse/login/ports';
import { publicNameOf, type TraceRedactor } from '../../logging/redact-traces.ts';
import { cutText, showHiddenCharacters } from '../../logging/visible-text.ts';
import { fitJson } from './fit-json.ts';

const longestText = 300;
const longestPerson = 200;
const factsBytes = 8 * 1024;
const claimsBytes = 16 * 1024;
/** Longer ones were not meant to be read; looking for secrets in them would hold everybody up. */
const longestLooked = 256 * 1024;
const changesKept = 100;
const groupsKept = 200;

/** An event as it is stored, in the order of the columns. */
export type CleanEvent = readonly [
  at: number,
  step: string,
  state: string,
  code: string | null,
  fact: string,
  expected: string | null,
  seen: string | null,
  durationMs: number | null,
  facts: string,
];

/** Makes what a login brings fit to be kept: redacted, hidden characters shown, cut. */
export class TraceCleaner {
  readonly #redactor: TraceRedactor;

  constructor(redactor: TraceRedactor) {
    this.#redactor = redactor;
  }

  event(at: number, entry: TraceEntry): CleanEvent {
    const { durationMs } = entry;
    const name = publicNameOf(entry.step);
    return [
      at,
      entry.step,
      entry.state,
      entry.code,
      this.text(entry.fact),
      entry.expected === null ? null : this.text(entry.expected, { name }),
      entry.seen === null ? null : this.text(entry.seen, { name }),
      durationMs === null || !Number.isFinite(durationMs) ? null : Math.round(durationMs),
      this.#json(entry.facts, factsBytes),
    ];
  }

  text(
    text: string,
    { longest = longestText, name }: { longest?: number; name?: string | undefined } = {},
  ): string {
    return cutText(showHiddenCharacters(this.#redactor.text(text.slice(0, longestLooked), name)), longest);
  }

  person(label: string): string {
    return this.text(label, { longest: longestPerson });
  }

  claims(claims: Readonly<Record<string, unknown>>): string {
    return this.#json(claims, claimsBytes);
  }

  update(update: LoginUpdate): LoginUpdate {
    const groups = (names: readonly string[]) => {
      const kept = names.slice(0, groupsKept).map((name) => this.text(name));
      const left = names.length - kept.length;
      return left > 0 ? [...kept, `… and ${left} more`] : kept;
    };
    return {
      made: update.made,
      operation: update.operation,
      by: update.by,
      changes: update.changes.slice(0, changesKept).map(({ attribute, before, after }) => ({
        attribute: this.text(attribute),
        before: before === null ? null : this.text(before),
        after: after === null ? null : this.text(after),
      })),
      groupsAdded: groups(update.groupsAdded),
      groupsRemoved: groups(update.groupsRemoved),
    };
  }

  #json(value: Readonly<Record<string, unknown>>, longestBytes: number): string {
    const redacted = this.#redactor.value(value);
    const shown = showInside(redacted);
    return fitJson(isRecord(shown) ? shown : { value: shown }, longestBytes);
  }
}

/** Circles and depths are gone: the redactor ended them. */
function showInside(value: unknown): unknown {
  if (typeof value === 'string') return showHiddenCharacters(value, { keepLines: true });
  if (Array.isArray(value)) return value.map(showInside);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [showHiddenCharacters(name), showInside(field)]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
