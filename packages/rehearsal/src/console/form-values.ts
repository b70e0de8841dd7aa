import type { Request } from 'express';
import { OktaError } from '../okta-error.ts';

/** The fields of a posted form; of a field that comes twice the last one counts. */
export function formValues(request: Request): Record<string, string> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string') values[name] = last;
  }
  return values;
}

/** Every value of one field of a posted form, in order. */
export function formList(request: Request, name: string): string[] {
  const value: unknown = (request.body as Record<string, unknown> | undefined)?.[name];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((entry) => typeof entry === 'string');
}

/** A text of the query, empty when it is not there. */
export function queryText(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
}

/** A row number of the query; 0 when it is none. */
export function queryOffset(request: Request): number {
  const offset = Number(queryText(request, 'offset'));
  return Number.isInteger(offset) && offset > 0 ? offset : 0;
}

/** What Okta said about each field, from the causes `field: text`. Rethrows what is not a refusal. */
export function fieldErrors(error: unknown): { summary: string; byField: Record<string, string> } {
  if (!(error instanceof OktaError)) throw error;
  const byField: Record<string, string> = {};
  for (const cause of error.causes) {
    const [, field = '', text = ''] = /^([\w.]+): (.*)$/s.exec(cause) ?? [];
    if (field) byField[field] ??= text;
  }
  const others = error.causes.filter((cause) => !/^[\w.]+: /.test(cause));
  const hint = Object.keys(byField).length > 0 ? ['Check the fields that are marked.'] : [];
  return { summary: [...hint, `Okta says: ${error.message}.`, ...others].join(' '), byField };
}
