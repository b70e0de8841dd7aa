import { describe, expect, it } from 'vitest';
import { redirectSnippets } from './redirect-snippets.ts';
import type { RedirectedProduct } from './snippets/redirected-pages.ts';

const jira: RedirectedProduct = {
  kind: 'jira',
  baseUrl: 'https://tools.acme.example/jira.v9',
  jsm: true,
  loginUrl: 'https://sso.acme.example/sso/jira/login',
};
const bitbucket: RedirectedProduct = {
  kind: 'bitbucket',
  baseUrl: 'https://git.acme.example',
  jsm: false,
  loginUrl: 'https://sso.acme.example/sso/bitbucket/login',
};
const bamboo: RedirectedProduct = { ...bitbucket, kind: 'bamboo', baseUrl: 'https://ci.acme.example' };

function textOf(product: RedirectedProduct, target: string): string {
  return redirectSnippets(product).find((snippet) => snippet.target === target)?.text ?? '';
}

describe('redirectSnippets', () => {
  it.each([
    [jira, ['nginx', 'apache', 'caddy', 'seraph']],
    [bamboo, ['nginx', 'apache', 'caddy', 'seraph']],
    [bitbucket, ['nginx', 'apache', 'caddy']],
  ])('of %o are for what the product can', (product, targets) => {
    expect(redirectSnippets(product).map(({ target }) => target)).toEqual(targets);
  });

  it.each([
    ['nginx', 'location ~ "^/jira\\.v9/login\\.jsp(;.*)?$" {'],
    ['nginx', 'location ~ "^/jira\\.v9/servicedesk/customer/user/login/?(;.*)?$" {'],
    [
      'nginx',
      'return 302 https://sso.acme.example/sso/jira/login?return=$arg_os_destination&pv=$arg_permissionViolation;',
    ],
    ['nginx', 'return 302 https://sso.acme.example/sso/jira/login?portal=1&destination=$arg_destination;'],
    ['nginx', '"~*(^|&)nosso(=[^&]*)?(&|$)" 1; "~*(^|&)auth_fallback(=[^&]*)?(&|$)" 1;'],
    [
      'apache',
      'RewriteRule ^/jira\\.v9/login\\.jsp(;.*)?$ https://sso.acme.example/sso/jira/login [R=302,L,QSA]',
    ],
    [
      'apache',
      'RewriteRule ^/jira\\.v9/servicedesk/customer/user/login/?(;.*)?$ https://sso.acme.example/sso/jira/login?portal=1 [R=302,L,QSA,NE]',
    ],
    ['caddy', 'path_regexp ^/jira\\.v9/login\\.jsp(;.*)?$'],
    ['caddy', 'redir @sso_portal https://sso.acme.example/sso/jira/login?portal=1&{query} 302'],
    [
      'seraph',
      `<param-value>https://sso.acme.example/sso/jira/login?os_destination=\${originalurl}</param-value>`,
    ],
  ])('%s says %s', (target, line) => {
    expect(textOf(jira, target)).toContain(line);
  });

  it.each(['nginx', 'apache', 'caddy'])('%s leaves the portal alone where there is none', (target) => {
    expect(textOf({ ...jira, jsm: false }, target)).not.toContain('servicedesk');
    expect(textOf({ ...bitbucket, jsm: true }, target)).not.toContain('servicedesk');
  });

  const patterns: [RedirectedProduct, path: string, matches: boolean][] = [
    [jira, '/jira.v9/login.jsp', true],
    [jira, '/jira.v9/login.jsp;jsessionid=1', true],
    [jira, '/jirazv9/login.jsp', false],
    [jira, '/login.jsp', false],
    [jira, '/jira.v9/login.jspx', false],
    [bitbucket, '/login', true],
    [bitbucket, '/login/x', false],
    [bitbucket, '/rest/login', false],
    [bamboo, '/userlogin!doDefault.action', true],
    [bamboo, '/userlogin!default.action', true],
    [bamboo, '/userlogin.action', true],
    [bamboo, '/userlogin!other.action', false],
  ];
  it.each(patterns)('the pattern of %o and %s: %s', (product, path, matches) => {
    const pattern = /location ~ "(.+?)" \{/.exec(textOf(product, 'nginx'))?.[1] ?? '';

    expect(new RegExp(pattern).test(path)).toBe(matches);
  });
});
