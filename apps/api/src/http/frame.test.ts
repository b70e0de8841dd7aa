import { endpoints } from '@gatehouse/contracts/endpoints';
import { SyncError } from '@gatehouse/sync/ports';
import { describe, expect, it } from 'vitest';
import { TurnstileFullError } from '../security/turnstile.ts';
import { ApiError, toApiError, toProblem } from './errors.ts';
import { escapeHtml } from './html-page.ts';
import { checkRoutes } from './mount-routes.ts';
import { implement, type Route } from './route.ts';
import { createSessionCookie } from './session-cookie.ts';

describe('the table of routes', () => {
  const complete: Record<string, Route> = Object.fromEntries(
    Object.entries(endpoints).map(([name, endpoint]) => [name, { endpoint, serve: async () => undefined }]),
  );

  it('is accepted when complete', () => {
    expect(() => checkRoutes(complete)).not.toThrow();
  });

  it.each([
    { name: 'a missing route', broken: { getHealth: undefined }, says: 'getHealth: no handler' },
    {
      name: 'a mixed-up route',
      broken: { getHealth: complete.getServer },
      says: 'getHealth: handled as another endpoint',
    },
    {
      name: 'a route without a role',
      broken: {
        extra: { ...complete.getHealth, endpoint: { ...endpoints.getHealth, path: '/x', role: undefined } },
      },
      says: 'extra: no role',
    },
    {
      name: 'two routes at one address',
      broken: {
        extra: { ...complete.getHealth, endpoint: { ...endpoints.getRun, path: '/api/runs/:other' } },
      },
      says: 'extra: same address as getRun',
    },
  ])('refuses $name', ({ broken, says }) => {
    const entries = Object.entries({ ...complete, ...broken }).filter(([, route]) => route !== undefined);
    const table = Object.fromEntries(entries) as Record<string, Route>;

    expect(() => checkRoutes(table)).toThrow(says);
  });

  it('takes only handlers that answer what the contract says', () => {
    // @ts-expect-error: `status` is missing
    implement(endpoints.getHealth, async () => ({}));
    // @ts-expect-error: a public endpoint has no session
    implement(endpoints.getHealth, async ({ session }) => ({ status: 'ok' as const, session }));
    // @ts-expect-error: there is no body
    implement(endpoints.signOut, async ({ body }) => void body.anything);

    expect(implement(endpoints.getHealth, async () => ({ status: 'ok' as const })).endpoint).toBe(
      endpoints.getHealth,
    );
  });
});

describe('errors', () => {
  it.each([
    { name: 'ours', error: new ApiError('name-taken', 'x'), code: 'name-taken', status: 409 },
    { name: 'a lost lease', error: new SyncError('lease-lost'), code: 'run-in-progress', status: 409 },
    {
      name: 'changed settings',
      error: new SyncError('settings-changed'),
      code: 'plan-settings-changed',
      status: 409,
    },
    { name: 'a full turnstile', error: new TurnstileFullError('x'), code: 'too-many-requests', status: 429 },
    {
      name: 'a client error of a library',
      error: Object.assign(new Error('x'), { status: 400 }),
      code: 'bad-request',
      status: 400,
    },
    {
      name: 'a server error of a library',
      error: Object.assign(new Error('x'), { status: 503 }),
      code: 'server-error',
      status: 500,
    },
    { name: 'anything', error: new TypeError('secret detail'), code: 'server-error', status: 500 },
    { name: 'no error at all', error: 'thrown', code: 'server-error', status: 500 },
  ])('$name: $code', ({ error, code, status }) => {
    const problem = toProblem(toApiError(error), 'r-1');

    expect(problem).toMatchObject({ code, status, requestId: 'r-1', type: `/api/docs#${code}` });
    expect(JSON.stringify(problem)).not.toContain('secret detail');
  });

  it('keeps the cause for the log', () => {
    const cause = new TypeError('x');

    expect(toApiError(cause).cause).toBe(cause);
  });

  it.each([
    { options: { field: 'name' }, field: 'name', fields: [{ field: 'name', detail: 'words' }] },
    { options: { fields: [{ field: 'a', detail: 'b' }] }, field: 'a', fields: [{ field: 'a', detail: 'b' }] },
    {
      options: {
        fields: [
          { field: 'a', detail: 'b' },
          { field: 'c', detail: 'd' },
        ],
      },
      field: undefined,
      fields: [
        { field: 'a', detail: 'b' },
        { field: 'c', detail: 'd' },
      ],
    },
    { options: {}, field: undefined, fields: undefined },
  ])('names fields: $field', ({ options, field, fields }) => {
    const problem = toProblem(new ApiError('invalid-field', 'words', options), 'r-1');

    expect({ field: problem.field, fields: problem.fields }).toEqual({ field, fields });
  });
});

it.each([
  { url: 'https://gate.example', name: '__Host-gatehouse' },
  { url: 'http://localhost:8484', name: 'gatehouse-8484' },
  { url: 'http://localhost', name: 'gatehouse-80' },
])('the cookie at $url is $name', ({ url, name }) => {
  expect(createSessionCookie(url).name).toBe(name);
});

it('escapes text for elements and attributes', () => {
  expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
});
