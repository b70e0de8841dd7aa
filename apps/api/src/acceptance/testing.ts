import { type IncomingMessage, request as sendRequest } from 'node:http';
import { testTiming } from '@gatehouse/connectors/okta/test-support';
import type { ConnectionTest, Connector } from '@gatehouse/contracts/connector';
import type { DirectoryGroup, DirectoryUser, UserGroup } from '@gatehouse/contracts/directory';
import type { LiveEvent } from '@gatehouse/contracts/live-events';
import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import type { ChangeDetail, ChangeRow, Plan } from '@gatehouse/contracts/plan';
import { activeRunStates, type Run } from '@gatehouse/contracts/run';
import BetterSqlite3 from 'better-sqlite3';
import { vi } from 'vitest';
import type { AppOverrides } from '../build-app.ts';
import { databaseFile } from '../stores/open-data-directory.ts';
import { startTestApp, type TestAnswer, type TestApp, type TestClient, testAdmin } from '../testing.ts';

/** One Okta that a connector is made for. */
export type SourcePlace = { readonly url: string; readonly token: string };

/** Every row that the directory consists of, as stored: two dumps are equal when nothing was written in between. */
export type DirectoryDump = Readonly<Record<(typeof directoryTables)[number], readonly unknown[]>>;

const directoryTables = [
  'Directory',
  'DirectoryUser',
  'DirectoryGroup',
  'Membership',
  'DirectoryEvent',
] as const;

/** What the directory says of somebody or of a group, as far as a plan says it too. */
export type PersonState = {
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  displayName: string;
  active: boolean;
  groups: string[];
};
export type DirectoryState = {
  users: Record<string, PersonState>;
  groups: Record<string, { name: string; description: string }>;
};

/** A stream of live events of the signed-in admin. */
export type EventStream = { text: () => string; events: () => LiveEvent[]; cut: () => void };

export const noSchedule: OktaSettings['schedule'] = { enabled: false, value: null };

/** Runs that a test waits for take longer on a busy machine. Milliseconds. */
const patience = { timeout: 45_000, interval: 15 };

/** The whole API with one signed-in admin, and what tests of syncs ask of it. Runs in real time, which can be moved. */
export class Gatehouse {
  readonly app: TestApp;
  admin: TestClient;
  /** Milliseconds that the clock of the app is ahead. */
  readonly #ahead: { by: number };

  constructor(app: TestApp, admin: TestClient, ahead: { by: number }) {
    this.app = app;
    this.admin = admin;
    this.#ahead = ahead;
  }

  static async start(
    options: { allow: string[]; overrides?: AppOverrides; environment?: Record<string, string> },
    dataDir?: string,
  ): Promise<Gatehouse> {
    const ahead = { by: 0 };
    const app = await startTestApp({
      environment: { OUTBOUND_ALLOW: options.allow.join(','), ...options.environment },
      overrides: { now: () => Date.now() + ahead.by, oktaTiming: testTiming, ...options.overrides },
      ...(dataDir === undefined ? {} : { dataDir }),
    });
    const admin = app.app.setUpToken === null ? app.client() : await app.setUp();
    const gatehouse = new Gatehouse(app, admin, ahead);
    if (admin.cookie === '') await gatehouse.signIn();
    return gatehouse;
  }

  async signIn(): Promise<void> {
    const { email, password } = testAdmin;
    await this.call('POST', '/api/session', 201, { email, password });
  }

  /** A session does not outlive it: sign in again after hours. */
  moveClock(milliseconds: number): void {
    this.#ahead.by += milliseconds;
  }

  now(): number {
    return Date.now() + this.#ahead.by;
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** @throws Error when the answer has another status: the body says why */
  async call(method: string, path: string, status: number, body?: unknown): Promise<TestAnswer> {
    const answer = await this.admin.send(method, path, body === undefined ? {} : { body });
    if (answer.status === status) return answer;
    throw new Error(`${method} ${path} answered ${answer.status} instead of ${status}: ${answer.text}`);
  }

  async get<T>(path: string): Promise<T> {
    return (await this.call('GET', path, 200)).json as T;
  }

  /** All rows of a list, window by window. */
  async all<T>(path: string): Promise<T[]> {
    const rows: T[] = [];
    for (;;) {
      const window = `limit=200&offset=${rows.length}`;
      const page = await this.get<{ total: number; items: T[] }>(
        `${path}${path.includes('?') ? '&' : '?'}${window}`,
      );
      rows.push(...page.items);
      if (page.items.length === 0 || rows.length >= page.total) return rows;
    }
  }

  async connect({ url, token }: SourcePlace, name = 'Acme workforce'): Promise<Connector> {
    const answer = await this.call('POST', '/api/connectors', 201, {
      kind: 'okta',
      name,
      settings: { domain: url, schedule: noSchedule },
      apiToken: token,
    });
    return answer.json as unknown as Connector;
  }

  connector(id: string): Promise<Connector> {
    return this.get<Connector>(`/api/connectors/${id}`);
  }

  async testConnection(id: string): Promise<ConnectionTest> {
    const answer = await this.call('POST', `/api/connectors/${id}/test?wait=true`, 202);
    return answer.json as unknown as ConnectionTest;
  }

  async startRun(connectorId: string, intent: 'simulate' | 'apply'): Promise<number> {
    return idOf(await this.call('POST', `/api/connectors/${connectorId}/runs`, 202, { intent }));
  }

  /** Starts a run and waits for its end. */
  async run(connectorId: string, intent: 'simulate' | 'apply'): Promise<Run> {
    return this.finished(await this.startRun(connectorId, intent));
  }

  async finished(runId: number): Promise<Run> {
    const active: readonly string[] = activeRunStates;
    return vi.waitFor(async () => {
      const run = await this.get<Run>(`/api/runs/${runId}`);
      if (active.includes(run.state)) throw new Error(`run ${runId} is still ${run.state}`);
      return run;
    }, patience);
  }

  plan(runId: number): Promise<Plan> {
    return this.get<Plan>(`/api/runs/${runId}/plan`);
  }

  /** What the review asks for: the plan of a run by its id. */
  async apply(runId: number): Promise<Run> {
    const { planId } = await this.get<Run>(`/api/runs/${runId}`);
    return this.finished(idOf(await this.call('POST', `/api/runs/${runId}/apply`, 202, { planId })));
  }

  /** Asks for an application and answers whatever comes. */
  async tryApply(runId: number, planId?: string): Promise<TestAnswer> {
    const run = await this.get<Run>(`/api/runs/${runId}`);
    return this.admin.send('POST', `/api/runs/${runId}/apply`, { body: { planId: planId ?? run.planId } });
  }

  async changes(runId: number, subject: 'user' | 'group', category = 'all'): Promise<ChangeRow[]> {
    return this.all<ChangeRow>(`/api/runs/${runId}/changes?subject=${subject}&category=${category}`);
  }

  change(runId: number, key: string): Promise<ChangeDetail> {
    return this.get<ChangeDetail>(`/api/runs/${runId}/changes/${encodeURIComponent(key)}`);
  }

  /** Opens the stream of live events, behind an event when one is named. */
  async listen(lastEventId?: number): Promise<EventStream> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        host: new URL(this.app.config.publicUrl).host,
        cookie: this.admin.cookie,
        ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
      };
      sendRequest({ host: '127.0.0.1', port: this.app.port, path: '/api/events', agent: false, headers })
        .once('error', reject)
        .once('response', resolve)
        .end();
    });
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('error', () => undefined);
    return {
      text: () => text,
      events: () =>
        [...text.matchAll(/^data: (.*)$/gm)].map((line) => JSON.parse(line[1] ?? '') as LiveEvent),
      cut: () => response.destroy(),
    };
  }

  /** The directory as its pages show it, by the ids of the source. */
  async directory(): Promise<DirectoryState> {
    const state: DirectoryState = { users: {}, groups: {} };
    for (const { id } of await this.all<{ id: string }>('/api/directory/groups')) {
      const { externalId, name, description } = await this.get<DirectoryGroup>(`/api/directory/groups/${id}`);
      state.groups[externalId ?? id] = { name, description };
    }
    for (const { id } of await this.all<{ id: string }>('/api/directory/users')) {
      const user = await this.get<DirectoryUser>(`/api/directory/users/${id}`);
      const groups = await this.all<UserGroup>(`/api/directory/users/${id}/groups`);
      const { username, email, firstName, lastName, displayName, active } = user;
      const names = groups.map(({ name }) => name).sort();
      const person = { username, email, firstName, lastName, displayName, active, groups: names };
      state.users[user.externalId ?? id] = person;
    }
    return state;
  }

  /** Plays another writer: statements beside the process. */
  write(...statements: string[]): void {
    const database = new BetterSqlite3(databaseFile(this.app.config.dataDir), { timeout: 5_000 });
    try {
      database.transaction(() => statements.map((text) => database.prepare(text).run()))();
    } finally {
      database.close();
    }
  }

  dump(): DirectoryDump {
    return dumpDirectory(this.app.config.dataDir);
  }
}

/** Reads one state of the database file beside the process that owns it. */
export function readDatabase<T>(dataDir: string, read: (database: BetterSqlite3.Database) => T): T {
  const database = new BetterSqlite3(databaseFile(dataDir), { readonly: true });
  try {
    return database.transaction(() => read(database))();
  } finally {
    database.close();
  }
}

export function dumpDirectory(dataDir: string): DirectoryDump {
  return readDatabase(dataDir, (database) => {
    const tables = directoryTables.map((table) => [table, database.prepare(`select * from ${table}`).all()]);
    return Object.fromEntries(tables) as DirectoryDump;
  });
}

function idOf(answer: TestAnswer): number {
  return Number(answer.json.id);
}
