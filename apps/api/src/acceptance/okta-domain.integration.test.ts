import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hurriedTiming } from '@gatehouse/connectors/okta/test-support';
import type { ConnectionCheck, ConnectionTest, Connector } from '@gatehouse/contracts/connector';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedAddress } from '../outbound/guarded-lookup.ts';
import { Gatehouse, noSchedule } from './testing.ts';

const bodyCanary = 'BODY-CANARY-59f1c2';

let gatehouse: Gatehouse;
const servers: Server[] = [];
/** `host: headers` of every request that reached a server of this test. */
let received: { host: string; authorization: string | undefined }[] = [];
/** Hosts that undici connected or sent to. */
const touched: string[] = [];

const addresses: Record<string, string> = {
  'ten.okta.com': '10.0.0.5',
  'metadata.okta.com': '169.254.169.254',
  'unique-local.okta.com': 'fd00::1',
  'loopback.okta.com': '127.0.0.1',
  'mapped.okta.com': '::ffff:192.168.1.1',
};

async function resolve(hostname: string): Promise<ResolvedAddress[]> {
  const address = addresses[hostname];
  if (address !== undefined) return [{ address, family: address.includes(':') ? 6 : 4 }];
  if (hostname === 'silent.okta.com') return new Promise(() => {});
  throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
}

async function serve(answer: { status: number; type: string; body: string }): Promise<string> {
  const server = createServer((request, response) => {
    received.push({ host: request.headers.host ?? '', authorization: request.headers.authorization });
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function note(message: unknown): void {
  const { request, connectParams } = message as {
    request?: { origin?: URL | string };
    connectParams?: { host?: string };
  };
  touched.push(String(request?.origin ?? connectParams?.host));
}

let places: { notOkta: string; html: string; other: string };

beforeAll(async () => {
  places = {
    notOkta: await serve({ status: 404, type: 'application/json', body: `{"error":"${bodyCanary}"}` }),
    html: await serve({ status: 200, type: 'text/html', body: `<html><title>${bodyCanary}</title></html>` }),
    other: await serve({ status: 200, type: 'application/json', body: `{"id":"${bodyCanary}"}` }),
  };
  subscribe('undici:client:connected', note);
  subscribe('undici:client:sendHeaders', note);
  gatehouse = await Gatehouse.start({
    allow: Object.values(places),
    overrides: { resolve, oktaTiming: hurriedTiming },
  });
});

afterAll(async () => {
  unsubscribe('undici:client:connected', note);
  unsubscribe('undici:client:sendHeaders', note);
  await gatehouse.close();
  for (const server of servers) server.close();
});

afterEach(async () => {
  received = [];
  touched.length = 0;
  for (const { id, name } of await gatehouse.all<Connector>('/api/connectors')) {
    await gatehouse.call('DELETE', `/api/connectors/${id}`, 204, { confirmName: name });
  }
});

const token = '00aTokenThatNobodyMadeButLooksLikeOneOfOktas1';

async function create(domain: string): Promise<Connector> {
  return gatehouse.connect({ url: domain, token });
}

describe('a pasted domain is understood, and the answer says what was removed:', () => {
  it.each<[string, string, string | null]>([
    ['acme.okta.com', 'acme.okta.com', null],
    ['https://acme.okta.com', 'acme.okta.com', 'Removed https:// from the domain.'],
    [
      'https://acme.okta.com/app/UserHome',
      'acme.okta.com',
      'Removed https://, /app/UserHome from the domain.',
    ],
    [
      'https://acme-admin.okta.com/admin/dashboard',
      'acme.okta.com',
      'Removed https://, -admin, /admin/dashboard from the domain.',
    ],
    ['  ACME.Okta.COM  ', 'acme.okta.com', null],
    ['acme.okta.com.', 'acme.okta.com', null],
  ])('%j', async (paste, domain, notice) => {
    const connector = await create(paste);

    expect(connector.settings.domain).toBe(domain);
    expect(connector.origin).toBe(`https://${domain}`);
    const said = connector.notices.map(({ code, detail }) => [code, detail]);
    if (notice !== null) expect(said).toEqual([['domain-cleaned', notice]]);
    expect((await gatehouse.connector(connector.id)).notices).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['nothing', '', /Type the domain/],
    ['an e-mail address', 'ann@example.com', /e-mail/],
    ['half a name', 'acme', /acme/],
    ['an impossible port', 'acme.okta.com:99999', /port/i],
    ['2,001 characters', 'x'.repeat(2_001), /./],
  ])('and %s is refused with the reason', async (_case, paste, says) => {
    const answer = await gatehouse.admin.send('POST', '/api/connectors', {
      body: { kind: 'okta', name: 'Acme', settings: { domain: paste, schedule: noSchedule } },
    });

    expect(answer.status).toBe(422);
    expect(['domain-refused', 'invalid-field']).toContain(answer.json.code);
    expect(JSON.stringify(answer.json)).toContain('settings.domain');
    expect(answer.json.detail).toMatch(says);
    expect(await gatehouse.all('/api/connectors')).toEqual([]);
  });
});

type Seen = { check: ConnectionCheck | undefined; test: ConnectionTest; connector: Connector };

async function tested(domain: string): Promise<Seen> {
  const { id } = await create(domain);
  const test = await gatehouse.testConnection(id);
  const check = test.checks.find(({ state }) => state === 'failed');
  return { check, test, connector: await gatehouse.connector(id) };
}

describe('a domain that cannot be used is told apart by the connection test', () => {
  const cases: { name: string; domain: () => string; code: string; at: string; saw: RegExp }[] = [
    {
      name: 'no Okta',
      domain: () => places.notOkta,
      code: 'not-the-source',
      at: 'answers-as-okta',
      saw: /^127\.0\.0\.1:\d+ /,
    },
    {
      name: 'HTML',
      domain: () => places.html,
      code: 'not-the-source',
      at: 'answers-as-okta',
      saw: /web page/,
    },
    {
      name: 'a name without address',
      domain: () => 'nowhere.okta.com',
      code: 'host-not-resolved',
      at: 'reaches-host',
      saw: /^No address is known for nowhere\.okta\.com\.$/,
    },
    {
      name: 'no answer in time',
      domain: () => 'silent.okta.com',
      code: 'host-timed-out',
      at: 'reaches-host',
      saw: /^silent\.okta\.com did not answer in/,
    },
    ...Object.keys(addresses).map((host) => ({
      name: `a private address (${addresses[host]})`,
      domain: () => host,
      code: 'host-blocked',
      at: 'reaches-host',
      saw: /leads into a private network, or is not called by https\. Nothing was sent\.$/,
    })),
  ];

  it.each(cases)('$name', async ({ domain, code, at, saw }) => {
    const { check, test, connector } = await tested(domain());

    expect(check).toMatchObject({ code: at, problem: { code, field: 'domain', oktaCode: null } });
    expect(check?.problem?.saw).toMatch(saw);
    expect(check?.problem?.matters).not.toBe('');
    expect(check?.problem?.advice).not.toBe('');
    expect(test.state).toBe('failed');
    expect(connector).toMatchObject({ connection: 'not-connected', apiToken: { set: true } });
    expect(JSON.stringify([test, connector])).not.toContain(bodyCanary);
    expect(received.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    if (code.startsWith('host-')) expect([received, touched]).toEqual([[], []]);
  });

  it('by five different messages', async () => {
    const five = cases.slice(0, 5);
    const said = [];
    for (const { domain } of five) {
      const { check, connector } = await tested(domain());
      said.push(check?.problem?.saw.replaceAll(domain().replace('http://', ''), '<host>'));
      await gatehouse.call('DELETE', `/api/connectors/${connector.id}`, 204, { confirmName: connector.name });
    }

    expect(new Set(said).size).toBe(5);
  });

  it('and a sync fails for the same reason, with nothing sent', async () => {
    const { id } = await create('ten.okta.com');

    const run = await gatehouse.run(id, 'apply');

    expect(run).toMatchObject({ state: 'failed', reason: { code: 'host-blocked' } });
    expect([received, touched]).toEqual([[], []]);
  });
});

describe('a domain that changes', () => {
  async function move(connector: Connector, domain: string, apiToken?: string): Promise<Connector> {
    const { settingsVersion: expectedVersion, name } = await gatehouse.connector(connector.id);
    const body = { expectedVersion, name, settings: { domain, schedule: noSchedule }, apiToken };
    const answer = await gatehouse.call('PUT', `/api/connectors/${connector.id}`, 200, body);
    return answer.json as unknown as Connector;
  }

  it('without the token clears it, says why, and the old one never reaches the new host', async () => {
    const connector = await create(places.notOkta);

    const moved = await move(connector, places.other);

    expect(moved).toMatchObject({ apiToken: { set: false }, connection: 'untested' });
    expect(moved.notices.find(({ code }) => code === 'token-cleared')?.detail).toMatch(
      /^The API token was removed: it belonged to 127\.0\.0\.1:\d+ and is never sent to another host\. Paste a token of /,
    );
    const test = await gatehouse.testConnection(connector.id);
    expect(test.state).toBe('failed');
    const run = await gatehouse.admin.send('POST', `/api/connectors/${connector.id}/runs`, {
      body: { intent: 'simulate' },
    });
    expect([run.status, run.json.code, run.json.field]).toEqual([422, 'secret-missing', 'apiToken']);
    expect(received.filter(({ authorization }) => authorization !== undefined)).toEqual([]);

    const back = await move(connector, places.notOkta);
    expect(back.apiToken.set).toBe(false);
  });

  it('with a new token keeps the new one only', async () => {
    const connector = await create(places.notOkta);

    const moved = await move(connector, places.other, '00another');

    expect(moved).toMatchObject({ apiToken: { set: true }, connection: 'untested' });
    expect(moved.notices.map(({ code }) => code)).not.toContain('token-cleared');
    await gatehouse.run(connector.id, 'simulate');
    const sent = received.map(({ authorization }) => authorization).filter((value) => value !== undefined);
    expect(new Set(sent)).toEqual(new Set(['SSWS 00another']));
  });

  it('only in its spelling keeps the token', async () => {
    const connector = await create('acme.okta.com');

    const moved = await move(connector, 'https://ACME-admin.okta.com/admin');

    expect(moved).toMatchObject({ settings: { domain: 'acme.okta.com' }, apiToken: { set: true } });
    expect(moved.settingsVersion).toBe(connector.settingsVersion);
  });
});
