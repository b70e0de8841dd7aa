import type { Connector } from '@gatehouse/contracts/connector';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextVersion, testConnector } from './test-connector.ts';
import { useConnectorForm } from './use-connector-form.ts';

const navigate = vi.hoisted(() => vi.fn(async (_to: object) => {}));
vi.mock('@tanstack/react-router', () => ({ useNavigate: () => navigate }));

const mine = testConnector();
const theirs = nextVersion(mine, { domain: 'acme.oktapreview.com' });
const path = `/api/connectors/${mine.id}`;

type Call = { method: string; url: string; body: unknown };
let calls: Call[] = [];

/** Answers each call by method and path; what is not listed fails the test. */
function serve(answers: Record<string, { status: number; body: unknown }>): void {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const method = init.method ?? 'GET';
    calls.push({ method, url, body: init.body === undefined ? undefined : JSON.parse(String(init.body)) });
    const answer = answers[`${method} ${url}`];
    if (answer === undefined) throw new TypeError(`no answer for ${method} ${url}`);
    return new Response(JSON.stringify(answer.body), { status: answer.status });
  });
}

function problem(status: number, code: string, detail: string, field?: string) {
  return {
    status,
    body: { type: 'about:blank', title: code, status, code, detail, ...(field && { field }) },
  };
}

function start(connector: Connector = mine, openTab = 'connection') {
  const client = new QueryClient({ defaultOptions: { mutations: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(() => useConnectorForm(connector, openTab), { wrapper }).result;
}

beforeEach(() => {
  calls = [];
  navigate.mockClear();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('saves on the version that it was loaded with, once for two clicks', async () => {
  serve({ [`PUT ${path}`]: { status: 200, body: nextVersion(mine, {}, 'Acme staff') } });
  const hook = start();
  act(() => hook.current.editor.edit({ name: 'Acme staff', apiToken: ' 00new ' }));

  await act(async () => {
    await Promise.all([hook.current.run('save'), hook.current.run('save')]);
  });

  expect(calls).toHaveLength(1);
  expect(calls[0]?.body).toMatchObject({ expectedVersion: 4, name: 'Acme staff', apiToken: '00new' });
  expect(hook.current.editor.form).toMatchObject({ version: 5, values: { apiToken: null } });
});

it('shows who saved in between, keeps what was typed, and then saves on top of it', async () => {
  const conflict = problem(409, 'version-conflict', 'Dana Whitfield saved in between.');
  serve({ [`PUT ${path}`]: conflict, [`GET ${path}`]: { status: 200, body: theirs } });
  const hook = start();
  act(() => hook.current.editor.edit({ name: 'Acme staff' }));

  await act(() => hook.current.run('save'));

  expect(hook.current.editor.form).toMatchObject({
    theirs: { changedBy: 'Dana Whitfield' },
    values: { name: 'Acme staff' },
    formError: 'Dana Whitfield saved in between.',
  });

  serve({ [`PUT ${path}`]: { status: 200, body: nextVersion(theirs, {}, 'Acme staff') } });
  act(() => hook.current.editor.dispatch({ type: 'mine-kept' }));
  await act(() => hook.current.run('save'));

  expect(calls.at(-1)?.body).toMatchObject({
    expectedVersion: 5,
    name: 'Acme staff',
    settings: { domain: 'acme.oktapreview.com' },
  });
});

it('opens the tab of the field that was refused', async () => {
  const field = 'settings.schedule.value.expression';
  serve({ [`PUT ${path}`]: problem(422, 'schedule-refused', 'This never runs.', field) });
  const hook = start();
  act(() => hook.current.editor.edit({ name: 'Acme staff' }));

  await act(() => hook.current.run('save-and-return'));

  expect(hook.current.editor.form.errors).toEqual({ 'schedule.expression': 'This never runs.' });
  expect(hook.current.editor.wantedField).toBe('schedule.expression');
  expect(navigate).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ to: '/connectors/$connectorId/sync-settings' }),
  );
});

it.each([
  ['an empty name', { name: ' ' }, 'name'],
  ['a name of 300 characters', { name: 'x'.repeat(300) }, 'name'],
  ['no domain', { domain: '' }, 'domain'],
  ['an e-mail as domain', { domain: 'priya@acme.example' }, 'domain'],
])('says %s at its field and asks nobody', async (_case, patch, field) => {
  serve({});
  const hook = start();
  act(() => hook.current.editor.edit(patch));

  await act(() => hook.current.run('save-and-test'));

  expect(Object.keys(hook.current.editor.form.errors)).toEqual([field]);
  expect(calls).toEqual([]);
});

it('keeps everything when no answer comes', async () => {
  serve({});
  const hook = start();
  act(() => hook.current.editor.edit({ name: 'Acme staff', apiToken: '00new' }));

  await act(() => hook.current.run('save'));

  expect(hook.current.editor.form.values).toMatchObject({ name: 'Acme staff', apiToken: '00new' });
  expect(hook.current.editor.form.formError).toMatch(/does not answer/);
  expect(hook.current.busy).toBeNull();
});

it('tests what is saved without saving it again', async () => {
  const test = {
    state: 'running',
    startedAt: '2026-11-21T01:14:00.000Z',
    finishedAt: null,
    settingsVersion: 4,
    checks: [],
    visible: null,
  };
  serve({ [`POST ${path}/test`]: { status: 202, body: test } });
  const hook = start();

  await act(() => hook.current.run('save-and-test'));

  expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST ${path}/test`]);
});
