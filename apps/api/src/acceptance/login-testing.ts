import type { Application, Redirection } from '@gatehouse/contracts/application';
import {
  defaultIdpSettings,
  type Idp,
  type IdpSettings,
  type MetadataImport,
} from '@gatehouse/contracts/idp';
import type { Tracker } from '@gatehouse/contracts/tracker';
import type { TestAnswer, TestClient } from '../testing.ts';
import { Gatehouse } from './testing.ts';

/** What plays Okta: an address, its apps, and a person at its sign-in page. */
export type LoginUpstream = {
  readonly url: string;
  readonly createApp: (callbackUrl: string) => Promise<{ clientId: string; clientSecret: string | null }>;
  /** Walks from the authorization URL back to the callback URL, without calling it. */
  readonly signInAs: (authorizeUrl: string, login: string) => Promise<string>;
};

/** The parts of the rehearsal that a login world is made of. */
type Upstreams = {
  readonly url: string;
  readonly control: {
    readonly tokens: {
      create(input: { name: string; owner: 'read-only-admin' }): Promise<{ value: string }>;
    };
    readonly apps: {
      create(input: { name: string; redirectUris: string[] }): ReturnType<LoginUpstream['createApp']>;
    };
    readonly people: {
      list(window: { status: 'ACTIVE' }): Promise<{ items: { profile: { login: string } }[] }>;
    };
  };
};

/** Gatehouse with a synced directory, a Jira that does not redirect, and for each test a new IdP that is not tested. */
export class LoginWorld {
  readonly gatehouse: Gatehouse;
  readonly upstream: LoginUpstream;
  readonly connectorId: string;
  readonly jira: Application;
  /** Of a person who is in the directory. */
  readonly login: string;
  #idp: Idp | null = null;

  private constructor(parts: Pick<LoginWorld, 'gatehouse' | 'upstream' | 'connectorId' | 'jira' | 'login'>) {
    this.gatehouse = parts.gatehouse;
    this.upstream = parts.upstream;
    this.connectorId = parts.connectorId;
    this.jira = parts.jira;
    this.login = parts.login;
  }

  static async start({ url, control }: Upstreams, signInAs: LoginUpstream['signInAs']): Promise<LoginWorld> {
    const { value: token } = await control.tokens.create({ name: 'sync', owner: 'read-only-admin' });
    const createApp = (callbackUrl: string) =>
      control.apps.create({ name: 'Jira', redirectUris: [callbackUrl] });
    const gatehouse = await Gatehouse.start({ allow: [url] });
    const { id: connectorId } = await gatehouse.connect({ url, token });
    await gatehouse.testConnection(connectorId);
    await gatehouse.run(connectorId, 'apply');
    const { items } = await control.people.list({ status: 'ACTIVE' });
    const login = items[3]?.profile.login ?? '';
    const jira = await addApplication(gatehouse);
    return new LoginWorld({ gatehouse, upstream: { url, createApp, signInAs }, connectorId, jira, login });
  }

  get idp(): Idp {
    if (this.#idp === null) throw new Error('there is no IdP before a test begins');
    return this.#idp;
  }

  /** Switches redirection off, and puts a new IdP in the place of all. */
  async renew(): Promise<void> {
    await redirect(this.gatehouse, this.jira.id, { enabled: false });
    const { items } = await this.gatehouse.get<{ items: Idp[] }>('/api/idps');
    for (const { id, name } of items) {
      await this.gatehouse.call('DELETE', `/api/idps/${id}`, 204, { confirmName: name });
    }
    const { connectorId } = this;
    const settings = { name: 'Acme Okta', updateMethod: 'usersync', connectorId } as const;
    this.#idp = await addIdp(this.gatehouse, this.upstream, settings);
  }
}

/** A test login that opens the lock. */
export async function passTest({ gatehouse, upstream, idp, login }: LoginWorld): Promise<void> {
  const { tracker } = await testLogin(gatehouse, upstream, { idpId: idp.id, login });
  if (tracker.state !== 'passed') throw new Error(`the test ended ${tracker.state}`);
}

/** Redirection of Jira, after a test that passed. */
export async function switchOn(world: LoginWorld): Promise<void> {
  await passTest(world);
  await redirect(world.gatehouse, world.jira.id, { enabled: true });
}

/** A finished IdP whose app is registered, with metadata imported. */
export async function addIdp(
  gatehouse: Gatehouse,
  upstream: LoginUpstream,
  settings: Partial<IdpSettings> & { name: string },
): Promise<Idp> {
  const { name, ...rest } = settings;
  const draft = await ask<Idp>(gatehouse, 'POST', '/api/idps', 201, { preset: 'okta' });
  const app = await upstream.createApp(draft.callbackUrl);
  const saved = await ask<Idp>(gatehouse, 'PUT', `/api/idps/${draft.id}`, 200, {
    expectedVersion: draft.settingsVersion,
    name,
    settings: { ...defaultIdpSettings, domain: upstream.url, clientId: app.clientId, ...rest },
    clientSecret: app.clientSecret,
  });
  const imported = await ask<MetadataImport>(
    gatehouse,
    'POST',
    `/api/idps/${draft.id}/import?wait=true`,
    202,
  );
  if (imported.state === 'failed') throw new Error(`the import failed: ${JSON.stringify(imported.checks)}`);
  return ask<Idp>(gatehouse, 'POST', `/api/idps/${draft.id}/finish`, 200, {
    expectedVersion: saved.settingsVersion,
  });
}

export function addApplication(
  gatehouse: Gatehouse,
  application: Partial<Pick<Application, 'name' | 'kind' | 'baseUrl' | 'jsm'>> = {},
): Promise<Application> {
  return ask<Application>(gatehouse, 'POST', '/api/applications', 201, {
    name: 'Jira',
    kind: 'jira',
    baseUrl: 'https://tools.acme.example/jira',
    jsm: true,
    ...application,
  });
}

export function redirect(
  gatehouse: Gatehouse,
  applicationId: string,
  redirection: Partial<Redirection>,
): Promise<Application> {
  const body = { enabled: true, portal: false, idpId: null, ...redirection };
  return ask<Application>(gatehouse, 'PUT', `/api/applications/${applicationId}/redirection`, 200, body);
}

/** Starts a tracker and logs in with its test URL; answers the result page and the tracker. */
export async function testLogin(
  gatehouse: Gatehouse,
  upstream: LoginUpstream,
  { idpId, login }: { idpId: string; login: string },
): Promise<{ page: TestAnswer; tracker: Tracker }> {
  const made = await ask<Tracker>(gatehouse, 'POST', '/api/trackers', 201, { idpId });
  const browser = gatehouse.app.client();
  const start = await visit(browser, `${made.testUrl}/continue`);
  const page = await visit(browser, await upstream.signInAs(String(start.headers.location), login));
  return { page, tracker: await gatehouse.get<Tracker>(`/api/trackers/${made.id}`) };
}

/** A real login of a browser, from the product's login page to the page at its end. */
export async function logIn(
  gatehouse: Gatehouse,
  upstream: LoginUpstream,
  { path, login, browser }: { path: string; login: string; browser?: TestClient },
): Promise<TestAnswer> {
  const client = browser ?? gatehouse.app.client();
  const start = await visit(client, path);
  if (start.status !== 303) return start;
  return visit(client, await upstream.signInAs(String(start.headers.location), login));
}

/** Goes to an address of Gatehouse as a browser does. */
export function visit(browser: TestClient, address: string): Promise<TestAnswer> {
  const url = new URL(address, 'http://localhost:8484');
  const headers = { accept: 'text/html', 'sec-fetch-mode': 'navigate', origin: undefined };
  return browser.send('GET', `${url.pathname}${url.search}`, { headers });
}

/** The tracker that a page shows. */
export async function trackerOn(gatehouse: Gatehouse, page: TestAnswer): Promise<Tracker> {
  const id = /<code>([2-9A-HJKMNP-TV-Z]{3}-[2-9A-HJKMNP-TV-Z]{3})<\/code>/.exec(page.text)?.[1];
  if (id === undefined) throw new Error(`the page shows no tracker: ${textOf(page)}`);
  return gatehouse.get<Tracker>(`/api/trackers/${id}`);
}

/** What a page says, without markup. */
export function textOf(page: TestAnswer): string {
  const [, main = ''] = /<body>(.*)<\/body>/s.exec(page.text) ?? [];
  return main
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

async function ask<T>(
  gatehouse: Gatehouse,
  method: string,
  path: string,
  status: number,
  body?: unknown,
): Promise<T> {
  return (await gatehouse.call(method, path, status, body)).json as T;
}
