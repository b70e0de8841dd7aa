import { describe, expect, it } from 'vitest';
import type { Product } from './login-pages.ts';
import { validateReturnUrl } from './return-url.ts';

const root: Product = { kind: 'jira', baseUrl: 'https://jira.acme.example' };
const inContext: Product = { kind: 'jira', baseUrl: 'https://tools.acme.example/jira' };

describe('validateReturnUrl', () => {
  const accepted: [Product, value: string, url: string][] = [
    [root, '/', 'https://jira.acme.example/'],
    [root, '/browse/ABC-1?a=b&c=%2F#top', 'https://jira.acme.example/browse/ABC-1?a=b&c=%2F#top'],
    [root, 'https://jira.acme.example/browse/ABC-1', 'https://jira.acme.example/browse/ABC-1'],
    [root, 'HTTPS://JIRA.acme.example:443/x', 'https://jira.acme.example/x'],
    [root, 'https://jira.acme.example', 'https://jira.acme.example/'],
    [root, '/a/../b', 'https://jira.acme.example/b'],
    [root, '/../../x', 'https://jira.acme.example/x'],
    [root, '/issues/?jql=text ~ "ü"', 'https://jira.acme.example/issues/?jql=text%20~%20%22%C3%BC%22'],
    [root, '/@evil.example', 'https://jira.acme.example/@evil.example'],
    [
      root,
      '/x?u=https://evil.example/login.jsp',
      'https://jira.acme.example/x?u=https://evil.example/login.jsp',
    ],
    [root, '/\u2044evil.example', 'https://jira.acme.example/%E2%81%84evil.example'],
    [root, '/／evil.example', 'https://jira.acme.example/%EF%BC%8Fevil.example'],
    [root, `/${'a'.repeat(2047)}`, `https://jira.acme.example/${'a'.repeat(2047)}`],
    [root, '/login-manual', 'https://jira.acme.example/login-manual'],
    [root, '/browse/login.jsp', 'https://jira.acme.example/browse/login.jsp'],
    [inContext, '/browse/ABC-1', 'https://tools.acme.example/jira/browse/ABC-1'],
    [inContext, '/jira/browse/ABC-1', 'https://tools.acme.example/jira/browse/ABC-1'],
    [inContext, '/jira', 'https://tools.acme.example/jira'],
    [inContext, '/jira?a=b', 'https://tools.acme.example/jira?a=b'],
    [inContext, '/jirax/y', 'https://tools.acme.example/jira/jirax/y'],
    [inContext, '/jira/a/../b', 'https://tools.acme.example/jira/b'],
    [inContext, 'https://tools.acme.example/jira/browse/A', 'https://tools.acme.example/jira/browse/A'],
  ];
  it.each(['/jira//evil.example', 'https://tools.acme.example/jira//evil.example', '/jira/%2fevil.example'])(
    'refuses what would be another host behind the context path: %s',
    (value) => {
      expect(validateReturnUrl(inContext, value)).toBeNull();
    },
  );

  it.each(accepted)('%o: %j leads to %s', (product, value, url) => {
    expect(validateReturnUrl(product, value)).toBe(url);
  });

  const foreign: [why: string, value: string][] = [
    ['another host', 'https://evil.example/'],
    ['another host, no slashes', 'https:evil.example'],
    ['another host, one slash', 'https:/evil.example'],
    ['another host, many slashes', 'https:////evil.example'],
    ['no scheme', '//evil.example'],
    ['no scheme, three slashes', '///evil.example'],
    ['no scheme, behind the right host', 'https://jira.acme.example//evil.example'],
    ['no scheme, behind dots', '/x/..//evil.example'],
    ['no scheme, a slash encoded', '/%2Fevil.example'],
    ['no scheme, behind a path parameter', '/;x/evil.example'],
    ['a backslash', '/\\evil.example'],
    ['two backslashes', '\\\\evil.example'],
    ['a backslash behind the host', 'https://jira.acme.example\\@evil.example'],
    ['an encoded backslash', '/%5Cevil.example'],
    ['an encoded slash at the beginning', '%2F%2Fevil.example'],
    ['a user name', 'https://jira.acme.example@evil.example/'],
    ['a user name at the right host', 'https://me@jira.acme.example/'],
    ['a password at the right host', 'https://me:pw@jira.acme.example/'],
    ['http', 'http://jira.acme.example/'],
    ['another port', 'https://jira.acme.example:8443/'],
    ['a longer name', 'https://jira.acme.example.evil.example/'],
    ['a shorter name', 'https://acme.example/'],
    ['javascript', 'javascript:alert(1)'],
    ['javascript in capitals', 'JaVaScRiPt:alert(1)'],
    ['javascript with a comment', 'javascript://jira.acme.example/%0aalert(1)'],
    ['data', 'data:text/html,x'],
    ['blob', 'blob:https://jira.acme.example/x'],
    ['file', 'file:///etc/passwd'],
    ['a tab in the scheme', 'java\tscript:alert(1)'],
    ['a tab between slashes', '/\t/evil.example'],
    ['a line break', '/x\r\nSet-Cookie: a=b'],
    ['a line break between slashes', '/\n/evil.example'],
    ['a NUL', '/x\u0000'],
    ['a C1 control', '/x\u0085'],
    ['an encoded line break in the path', '/x%0d%0aSet-Cookie:a'],
    ['a space first', ' https://evil.example'],
    ['a space before a path', ' /x'],
    ['a name without slash', 'evil.example'],
    ['dots', '../x'],
    ['a query', '?x=1'],
    ['a fragment', '#x'],
    ['nothing', ''],
    ['2,049 characters', `/${'a'.repeat(2048)}`],
    ['half an encoding', '/%'],
    ['bytes that are no text', '/%ff'],
    ['a full-width slash as scheme', 'https:／／evil.example'],
    ['a full stop of another script in a foreign name', 'https://evil。example/'],
  ];
  it.each(foreign)('refuses %s', (_why, value) => {
    expect(validateReturnUrl(root, value)).toBeNull();
  });

  it.each([
    '/jira/../confluence',
    '/../confluence',
    '/jira/%2e%2e/confluence',
    '/jira/.%2E/confluence',
    '/jira/..%2fconfluence',
    '/jira/%2e%2e%2fconfluence',
    '/jira/..;/confluence',
    '/jira/..;x=y/confluence',
    '/..;/confluence',
    'https://tools.acme.example/confluence',
    'https://tools.acme.example/',
    'https://tools.acme.example/jirax',
    'https://tools.acme.example/jira/../confluence',
    'https://jira.acme.example/jira/x',
  ])('%s leaves the base path', (value) => {
    expect(validateReturnUrl(inContext, value)).toBeNull();
  });

  it.each([
    '/login.jsp',
    '/LOGIN.jsp?os_destination=%2Fx',
    '/login.jsp;jsessionid=1',
    '/%6Cogin.jsp',
    '//login.jsp'.slice(1),
    '/x/../login.jsp',
    '/login.action',
    '/dologin.action',
    '/logout.action',
    '/login',
    '/login/',
    '/logout',
    '/secure/Logout.jspa?atl_token=x',
    '/secure/Logout!default.jspa',
    '/userlogin!doDefault.action',
    '/userlogin%21default.action',
    '/userlogin.action',
    '/userLogout.action',
    '/j_atl_security_check',
    '/j_security_check',
    '/plugins/servlet/oidc/callback?code=x',
    '/plugins/servlet/external-login',
    '/plugins/servlet/samlsso',
    '/servicedesk/customer/user/login?destination=portals',
    '/servicedesk/customer/portal/1/user/login',
    '/rest/tsv/1.0/authenticate',
  ])('%s would go round in circles', (value) => {
    expect(validateReturnUrl(root, value)).toBeNull();
    expect(validateReturnUrl(inContext, value)).toBeNull();
    expect(validateReturnUrl(inContext, `/jira${value}`)).toBeNull();
  });

  const portal: [value: string, url: string | null][] = [
    ['portals', 'https://tools.acme.example/jira/servicedesk/customer/portals'],
    ['portal/1?a=b', 'https://tools.acme.example/jira/servicedesk/customer/portal/1?a=b'],
    ['/servicedesk/customer/portal/1', 'https://tools.acme.example/jira/servicedesk/customer/portal/1'],
    ['https://evil.example', null],
    ['//evil.example', null],
    ['javascript:alert(1)', null],
    ['../../../confluence', null],
    ['user/login', null],
    ['\\evil.example', null],
  ];
  it.each(portal)('in the portal %j leads to %j', (value, url) => {
    expect(validateReturnUrl(inContext, value, { portal: true })).toBe(url);
  });

  it('knows that nothing was asked for', () => {
    expect(validateReturnUrl(root, null)).toBeNull();
  });
});
