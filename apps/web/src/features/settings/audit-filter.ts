import type { AuditFilter } from './api.ts';
import type { AuditSearch } from './audit-search.ts';

/** The filter that the URL asks for, for the server: days become instants, the last day counts whole. */
export function auditFilterOf({ search, action, from, to }: AuditSearch): AuditFilter {
  const filter: AuditFilter = {};
  if (search) filter.search = search;
  if (action) filter.action = action;
  if (from) filter.from = startOfDay(from, 0);
  if (to) filter.to = startOfDay(to, 1);
  return filter;
}

/** Midnight in this browser's zone, `daysLater` days after the given one. */
function startOfDay(day: string, daysLater: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

/** `connector.settings-saved` as words. */
export function auditActionWords(action: string): string {
  return action.replaceAll(/[._:/-]+/g, ' ');
}

export type AuditDifference = { key: string; before: string; after: string };

type Values = Readonly<Record<string, unknown>> | null;

/** What an entry changed, one line for each value that differs; nested values by their path. */
export function auditDifferences(before: Values, after: Values): AuditDifference[] {
  const old = flatten(before);
  const next = flatten(after);
  return [...new Set([...old.keys(), ...next.keys()])]
    .map((key) => ({ key, before: old.get(key) ?? '', after: next.get(key) ?? '' }))
    .filter((line) => line.before !== line.after);
}

function flatten(values: Values, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(values ?? {})) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (isPlainObject(value)) {
      for (const [inner, text] of flatten(value, path)) flat.set(inner, text);
    } else if (value !== null && value !== undefined) {
      flat.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    }
  }
  return flat;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
