import type { Endpoint } from '@gatehouse/contracts/endpoint';
import type { FieldProblem } from '@gatehouse/contracts/problem';
import type { Request } from 'express';
import type { core, z } from 'zod';
import { ApiError } from './errors.ts';

/** A path that does not fit its schema names nothing that exists. @throws ApiError `not-found` */
export function parseParams(endpoint: Endpoint, request: Request): unknown {
  if (!endpoint.params) return undefined;
  const parsed = endpoint.params.safeParse(request.params);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? 'path');
  throw new ApiError('not-found', `There is nothing at this address: ${name} is not one of this server.`);
}

/** @throws ApiError `invalid-field` */
export function parseQuery(endpoint: Endpoint, request: Request): unknown {
  return endpoint.query && parseFields(endpoint.query, request.query);
}

/** @throws ApiError `not-json`, `bad-request`, `invalid-field` */
export function parseBody(endpoint: Endpoint, request: Request): unknown {
  if (!endpoint.body) return undefined;
  if (!request.is('application/json')) {
    throw new ApiError('not-json', 'Send the body as JSON, with "Content-Type: application/json".');
  }
  if (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body)) {
    throw new ApiError('bad-request', 'The body must be a JSON object.');
  }
  return parseFields(endpoint.body, request.body);
}

function parseFields(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input, { error: wordIssue });
  if (parsed.success) return parsed.data;
  const fields = listFields(parsed.error);
  const detail =
    fields.length === 1 ? (fields[0]?.detail ?? '') : `${fields.length} fields need another value.`;
  throw new ApiError('invalid-field', detail, { fields });
}

/** Every field once, with its first problem. */
function listFields(error: z.ZodError): FieldProblem[] {
  const byField = new Map<string, string>();
  for (const issue of error.issues) {
    const field = issue.path.map(String).join('.');
    if (!byField.has(field)) byField.set(field, issue.message);
  }
  return [...byField].map(([field, detail]) => ({ field, detail }));
}

/** Words where the schema has none of its own. */
function wordIssue(issue: core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'This value is missing.';
  if (issue.code === 'invalid_type') return `This must be ${words[issue.expected] ?? `a ${issue.expected}`}.`;
  if (issue.code === 'invalid_value') return `This must be one of: ${issue.values.map(String).join(', ')}.`;
  return undefined;
}

const words: Record<string, string | undefined> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
