import { describe, expect, it } from 'vitest';
import { noSsoUrls, type Product, productLoginUrl, startPage } from './login-pages.ts';

const jira: Product = { kind: 'jira', baseUrl: 'https://tools.acme.example/jira' };
const confluence: Product = { kind: 'confluence', baseUrl: 'https://wiki.acme.example' };
const bitbucket: Product = { kind: 'bitbucket', baseUrl: 'https://git.acme.example' };
const bamboo: Product = { kind: 'bamboo', baseUrl: 'https://ci.acme.example' };

describe('noSsoUrls', () => {
  it.each([
    [jira, false, ['https://tools.acme.example/jira/login.jsp?nosso']],
    [confluence, false, ['https://wiki.acme.example/login.action?nosso']],
    [bitbucket, false, ['https://git.acme.example/login?nosso']],
    [
      bamboo,
      false,
      [
        'https://ci.acme.example/userlogin!doDefault.action?nosso',
        'https://ci.acme.example/userlogin!default.action?nosso',
      ],
    ],
    [
      jira,
      true,
      [
        'https://tools.acme.example/jira/login.jsp?nosso',
        'https://tools.acme.example/jira/servicedesk/customer/user/login?nosso',
      ],
    ],
    [confluence, true, ['https://wiki.acme.example/login.action?nosso']],
  ])('of %o with a portal: %s', (product, jsm, urls) => {
    expect(noSsoUrls({ ...product, jsm }).map(({ url }) => url)).toEqual(urls);
  });

  it('names both pages of Bamboo', () => {
    expect(noSsoUrls({ ...bamboo, jsm: false }).map(({ label }) => label)).toEqual([
      'Bamboo 6 and later',
      'Bamboo 5',
    ]);
  });
});

describe('productLoginUrl', () => {
  const portalPage = 'https://tools.acme.example/jira/servicedesk/customer/user/login';
  const cases: [Product, { returnUrl: string | null; portal?: boolean }, string][] = [
    [jira, { returnUrl: null }, 'https://tools.acme.example/jira/login.jsp?nosso'],
    [
      jira,
      { returnUrl: 'https://tools.acme.example/jira/browse/ABC-1?a=b&c=d#e' },
      'https://tools.acme.example/jira/login.jsp?nosso&os_destination=%2Fbrowse%2FABC-1%3Fa%3Db%26c%3Dd%23e',
    ],
    [jira, { returnUrl: startPage(jira) }, 'https://tools.acme.example/jira/login.jsp?nosso'],
    [
      jira,
      { returnUrl: 'https://tools.acme.example/confluence/x' },
      'https://tools.acme.example/jira/login.jsp?nosso',
    ],
    [
      confluence,
      { returnUrl: 'https://wiki.acme.example/display/A' },
      'https://wiki.acme.example/login.action?nosso&os_destination=%2Fdisplay%2FA',
    ],
    [
      bitbucket,
      { returnUrl: 'https://git.acme.example/projects/A' },
      'https://git.acme.example/login?nosso&next=%2Fprojects%2FA',
    ],
    [
      bamboo,
      { returnUrl: 'https://ci.acme.example/browse/P' },
      'https://ci.acme.example/userlogin!doDefault.action?nosso&os_destination=%2Fbrowse%2FP',
    ],
    [jira, { returnUrl: null, portal: true }, `${portalPage}?nosso`],
    [
      jira,
      { returnUrl: 'https://tools.acme.example/jira/servicedesk/customer/portal/1', portal: true },
      `${portalPage}?nosso&destination=portal%2F1`,
    ],
    [
      jira,
      { returnUrl: 'https://tools.acme.example/jira/browse/ABC-1', portal: true },
      `${portalPage}?nosso`,
    ],
  ];
  it.each(cases)('of %o to %o', (product, options, url) => {
    expect(productLoginUrl(product, { nosso: true, ...options })).toBe(url);
  });

  it.each(['/evil.example', '//evil.example', 'https://evil.example/', 'javascript:alert(1)'])(
    'hands the portal nothing that could lead out of it: %s',
    (tail) => {
      const returnUrl = `https://tools.acme.example/jira/servicedesk/customer/${tail}`;
      expect(productLoginUrl(jira, { nosso: true, returnUrl, portal: true })).toBe(`${portalPage}?nosso`);
    },
  );

  it('leaves nosso away where SSO is wanted', () => {
    expect(productLoginUrl(bitbucket, { nosso: false, returnUrl: null })).toBe(
      'https://git.acme.example/login',
    );
  });
});
