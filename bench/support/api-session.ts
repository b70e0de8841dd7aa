import { setTimeout as delay } from 'node:timers/promises';
import type { Connector } from '@gatehouse/contracts/connector';
import type { Run } from '@gatehouse/contracts/run';
import { admin } from './gatehouse.ts';

/** Seldom, so that asking does not slow down what is measured; the run itself says when it ended. */
const pollMs = 500;
const waitingStates: ReadonlySet<string> = new Set(['queued', 'reading', 'planning', 'applying']);

/** The HTTP API as a script uses it: signed in by a cookie, `Origin` with every write. */
export type ApiSession = {
  get<Answer>(path: string): Promise<Answer>;
  /** The body unread by JSON.parse, for measuring the server alone. */
  getText(path: string): Promise<string>;
  post<Answer>(path: string, body: unknown): Promise<Answer>;
  put<Answer>(path: string, body: unknown): Promise<Answer>;
};

export async function signIn(url: string): Promise<ApiSession> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  await assertGood(response, '/api/session');

  async function call(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await fetch(url + path, {
      method,
      headers: {
        cookie,
        ...(method === 'GET' ? {} : { origin: url, 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return assertGood(answer, path);
  }
  return {
    get: async <Answer>(path: string) => JSON.parse(await call('GET', path)) as Answer,
    getText: (path) => call('GET', path),
    post: async <Answer>(path: string, body: unknown) => JSON.parse(await call('POST', path, body)) as Answer,
    put: async <Answer>(path: string, body: unknown) => JSON.parse(await call('PUT', path, body)) as Answer,
  };
}

/** A connector to the rehearsal, without schedule. */
export async function createConnector(
  api: ApiSession,
  rehearsal: { readonly url: string; readonly token: string },
): Promise<Connector> {
  return api.post<Connector>('/api/connectors', {
    kind: 'okta',
    name: 'Rehearsal',
    settings: { domain: rehearsal.url, schedule: { enabled: false, value: null } },
    apiToken: rehearsal.token,
  });
}

/**
 * Runs a sync to its end. `seconds` go from our sending the request to the end that the run tells, by the clock of this
 * machine. @throws Error with the reason when the end is not `done`
 */
export async function syncToTheEnd(
  api: ApiSession,
  connectorId: string,
): Promise<{ readonly run: Run; readonly seconds: number }> {
  const startedAt = Date.now();
  let run = await api.post<Run>(`/api/connectors/${connectorId}/runs`, { intent: 'apply' });
  while (waitingStates.has(run.state)) {
    await delay(pollMs);
    run = await api.get<Run>(`/api/runs/${run.id}`);
  }
  if (run.state !== 'done' || run.finishedAt === null) {
    throw new Error(
      `The run ended ${run.state}: ${JSON.stringify(run.reason)}\n${JSON.stringify(run.steps)}`,
    );
  }
  return { run, seconds: (Date.parse(run.finishedAt) - startedAt) / 1000 };
}

async function assertGood(response: Response, path: string): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${path} answered ${response.status}: ${text}`);
}
