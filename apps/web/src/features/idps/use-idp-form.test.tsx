import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testIdp } from './test-idp.ts';
import { useIdpForm } from './use-idp-form.ts';

const mine = testIdp();
const theirs = testIdp(
  { domain: 'acme.okta.com', matchBy: 'email' },
  { settingsVersion: 5, changedBy: 'Dana Whitfield' },
);
const path = `/api/idps/${mine.id}`;

let bodies: unknown[] = [];

/** Answers each call by method; what is not listed fails the test. */
function serve(answers: Record<string, { status: number; body: unknown }>): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (init.body !== undefined) bodies.push(JSON.parse(String(init.body)));
    const answer = answers[`${init.method ?? 'GET'} ${url}`];
    if (answer === undefined) throw new TypeError(`no answer for ${init.method} ${url}`);
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  });
}

function problem(status: number, code: string, more: object = {}) {
  return { status, body: { type: 'about:blank', title: code, status, code, detail: code, ...more } };
}

function start() {
  const client = new QueryClient({ defaultOptions: { mutations: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(({ idp }) => useIdpForm(idp), { wrapper, initialProps: { idp: mine } });
}

beforeEach(() => {
  bodies = [];
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('saves what was typed, once for two clicks, and forgets the secret', async () => {
  const answer = testIdp({ clientId: '0oa1' }, { settingsVersion: 5 });
  serve({ [`PUT ${path}`]: { status: 200, body: answer } });
  const { result } = start();
  act(() => result.current.editSettings({ clientId: '0oa1' }));
  act(() => result.current.edit({ clientSecret: ' s3cret ' }));

  await act(async () => {
    await Promise.all([result.current.save(), result.current.save()]);
  });

  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatchObject({ expectedVersion: 4, clientSecret: 's3cret' });
  expect(result.current.changes).toEqual([]);
  expect(result.current.values.clientSecret).toBeNull();
});

it('after a save of somebody else: theirs where nothing was typed, mine where something was, and both are saved', async () => {
  serve({
    [`PUT ${path}`]: problem(409, 'version-conflict'),
    [`GET ${path}`]: { status: 200, body: theirs },
  });
  const { result } = start();
  act(() => result.current.editSettings({ clientId: '0oa1', matchBy: 'username' }));
  act(() => result.current.edit({ clientSecret: 's3cret' }));

  await act(() => result.current.save());

  expect(result.current.formError).toMatch(/^Dana Whitfield saved in the meantime\./);
  expect(result.current.changes).toEqual(['Client ID', 'Match people', 'Client secret']);
  expect(result.current.values.settings.domain).toBe('acme.okta.com');

  serve({ [`PUT ${path}`]: { status: 200, body: { ...theirs, settingsVersion: 6 } } });
  await act(() => result.current.save());

  expect(bodies.at(-1)).toMatchObject({
    expectedVersion: 5,
    clientSecret: 's3cret',
    settings: { domain: 'acme.okta.com', clientId: '0oa1', matchBy: 'username' },
  });
});

it('takes a newer version over where nothing is typed, and leaves what is typed alone', () => {
  const { result, rerender } = start();

  rerender({ idp: theirs });
  expect(result.current.values.settings.domain).toBe('acme.okta.com');

  act(() => result.current.editSettings({ domain: 'login.acme.example' }));
  rerender({ idp: testIdp({ domain: 'other.okta.com' }, { settingsVersion: 6 }) });
  expect(result.current.values.settings.domain).toBe('login.acme.example');
});

it.each([
  ['a code', problem(409, 'name-taken'), { name: 'name-taken' }, undefined],
  [
    'a path',
    problem(422, 'invalid-field', { fields: [{ field: 'settings.issuer', detail: 'No URL.' }] }),
    { issuer: 'No URL.' },
    undefined,
  ],
  ['nothing of the form', problem(429, 'too-many-requests'), {}, 'too-many-requests'],
])('shows a refusal that names %s where it belongs', async (_name, answer, errors, formError) => {
  serve({ [`PUT ${path}`]: answer });
  const { result } = start();
  act(() => result.current.edit({ name: 'Acme' }));

  await act(async () => expect(await result.current.save()).toBeNull());

  expect(result.current.errors).toEqual(errors);
  expect(result.current.formError).toBe(formError);
});
