import { isRedirect } from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { isApiError } from '../lib/api-error.ts';
import { leaveSignInWhenSignedIn } from './sign-in-guard.ts';

const account = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  email: 'ann@example.com',
  name: 'Ann',
  role: 'admin',
  enabled: true,
  createdAt: '2026-11-21T02:00:00.000Z',
  passwordSetAt: '2026-11-21T02:00:00.000Z',
  lastSignedInAt: null,
  sessions: 1,
};

function problem(status: number, code: string) {
  const body = { type: 'about:blank', title: code, status, code, detail: code, requestId: 'r-1' };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}

async function leave(answer: Response, to: string | undefined): Promise<string> {
  vi.stubGlobal('fetch', async () => answer);
  try {
    await leaveSignInWhenSignedIn(to);
    return 'stays';
  } catch (error) {
    if (isRedirect(error)) return `to ${error.options.href}`;
    return isApiError(error) ? error.code : String(error);
  }
}

afterEach(() => vi.unstubAllGlobals());

it.each<[string, () => Response, to: string | undefined, string]>([
  ['signed in', () => Response.json({ account }), undefined, 'to /'],
  ['signed in, from a page', () => Response.json({ account }), '/runs/3?tab=x', 'to /runs/3?tab=x'],
  ['not signed in', () => problem(401, 'not-signed-in'), '/runs/3', 'stays'],
  ['a server that fails', () => problem(500, 'server-error'), undefined, 'server-error'],
])('somebody %s', async (_who, answer, to, expected) => {
  expect(await leave(answer(), to)).toBe(expected);
});
