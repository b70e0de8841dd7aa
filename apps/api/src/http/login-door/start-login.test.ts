import { describe, expect, it } from 'vitest';
import { startLogin, startTest } from './start-login.ts';
import { readStartQuery } from './start-query.ts';
import { doorIdp, doorPorts } from './testing.ts';

const local = 'https://tools.acme.example/jira/login.jsp?nosso';
const localPortal = 'https://tools.acme.example/jira/servicedesk/customer/user/login?nosso';
const upstream = 'https://acme.okta.com/oauth2/v1/authorize?state=s';

async function start(options: Parameters<typeof doorPorts>[0], query = '') {
  const { ports, record } = doorPorts(options);
  const application = ports.applications.findBySlug('jira');
  if (application === null) throw new Error('no application');
  const answer = await startLogin(ports, application, {
    query: readStartQuery(query),
    browserSecret: () => 'b',
  });
  return { answer, record };
}

describe('startLogin', () => {
  const other = { ...doorIdp, id: 'o'.repeat(22) };
  const cases: [string, Parameters<typeof doorPorts>[0], query: string, to: string][] = [
    ['on', {}, '', upstream],
    ['off', { redirection: { enabled: false } }, '', local],
    [
      'off, with a page',
      { redirection: { enabled: false } },
      'os_destination=%2Fbrowse%2FA-1',
      `${local}&os_destination=%2Fbrowse%2FA-1`,
    ],
    ['off, with a foreign page', { redirection: { enabled: false } }, 'return=https://evil.example', local],
    ['portal on', { redirection: { enabled: false } }, 'portal=1', upstream],
    ['portal off', { redirection: { portal: false } }, 'portal=1', localPortal],
    [
      'portal off, with a page',
      { redirection: { portal: false } },
      'portal=1&destination=portal%2F1',
      `${localPortal}&destination=portal%2F1`,
    ],
    ['IdP switched off', { unavailable: 'idp-disabled' }, '', local],
    ['IdP removed', { idps: [] }, '', local],
    ['IdP removed, another is there', { idps: [other] }, '', local],
    ['IdP incomplete', { unavailable: 'idp-incomplete' }, '', local],
    [
      'IdP changed and untested',
      { idps: [{ ...doorIdp, testedAt: null as unknown as number }] },
      '',
      upstream,
    ],
    [
      'Confluence off',
      {
        application: {
          kind: 'confluence',
          baseUrl: 'https://wiki.acme.example',
          jsm: false,
          redirection: { enabled: false, portal: false, idpId: null },
        },
      },
      'portal=1',
      'https://wiki.acme.example/login.action?nosso',
    ],
  ];
  it.each(cases)('%s', async (_name, options, query, redirectTo) => {
    expect((await start(options, query)).answer).toMatchObject({ redirectTo });
  });

  it.each([
    ['return=%2Fbrowse%2FA-1', 'https://tools.acme.example/jira/browse/A-1'],
    ['portal=1&destination=portals', 'https://tools.acme.example/jira/servicedesk/customer/portals'],
    ['return=%2F%2Fevil.example', null],
    ['return=https://tools.acme.example/confluence', null],
    ['return=%2Flogin.jsp', null],
    ['', null],
  ])('%s is kept as %s', async (query, returnUrl) => {
    const { record } = await start({}, query);

    expect(record.begun).toMatchObject([{ returnUrl, applicationId: 3, browserSecret: 'b' }]);
  });

  it('asks for another account where this one may not see the page', async () => {
    expect((await start({}, 'pv=true')).record.begun[0]?.prompt).toBe('login');
    expect((await start({}, 'pv=')).record.begun[0]).not.toHaveProperty('prompt');
  });

  it('ends the tracker when the login cannot begin', async () => {
    const begin = () => Promise.reject(new TypeError('no such endpoint'));

    const { answer, record } = await start({ begin });

    expect(answer).toMatchObject({
      failure: { code: 'server-error', step: 'sent-to-idp' },
      tracker: '9BC-5KE',
      cause: new TypeError('no such endpoint'),
    });
    expect(record.ended).toEqual([{ outcome: 'failed', code: 'server-error', step: 'sent-to-idp' }]);
  });
});

describe('startTest', () => {
  const test = { trackerId: 7, idpId: 1 };

  it('begins without application and page', async () => {
    const { ports, record } = doorPorts();

    expect(await startTest(ports, test, 'b')).toEqual({ redirectTo: upstream, why: null });
    expect(record.begun).toMatchObject([{ applicationId: null, returnUrl: null }]);
  });

  it('ends with what is missing', async () => {
    const { ports, record } = doorPorts({ unavailable: 'idp-incomplete' });

    expect(await startTest(ports, test, 'b')).toMatchObject({ failure: { code: 'idp-incomplete' } });
    expect(record.ended).toEqual([{ outcome: 'failed', code: 'idp-incomplete', step: 'sent-to-idp' }]);
  });

  it('does not go on with a tracker that is over', async () => {
    const { ports } = doorPorts();

    expect(
      await startTest({ ...ports, tracers: { ...ports.tracers, resume: async () => null } }, test, 'b'),
    ).toBe('over');
  });
});
