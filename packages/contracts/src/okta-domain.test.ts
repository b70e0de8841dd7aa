import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOktaDomain, parseOktaDomain } from './okta-domain.ts';

describe('parseOktaDomain understands', () => {
  it.each([
    // paste, field text, kind, removed pieces
    ['acme.okta.com', 'acme.okta.com', 'okta', []],
    ['  acme.okta.com \n', 'acme.okta.com', 'okta', []],
    ['\u200bacme.okta.com\ufeff', 'acme.okta.com', 'okta', []],
    ['ACME.Okta.COM', 'acme.okta.com', 'okta', []],
    ['https://acme.okta.com', 'acme.okta.com', 'okta', ['https://']],
    ['HTTPS://ACME.OKTA.COM', 'acme.okta.com', 'okta', ['HTTPS://']],
    ['https://acme.okta.com/', 'acme.okta.com', 'okta', ['https://', '/']],
    ['https:// acme.okta.com', 'acme.okta.com', 'okta', ['https://']],
    ['http://acme.okta.com:80/', 'acme.okta.com', 'okta', ['http://', ':80', '/']],
    ['https://https://acme.okta.com', 'acme.okta.com', 'okta', ['https://', 'https://']],
    ['https://https//acme.okta.com', 'acme.okta.com', 'okta', ['https://', 'https//']],
    ['https:/acme.okta.com', 'acme.okta.com', 'okta', ['https:/']],
    ['https:acme.okta.com', 'acme.okta.com', 'okta', ['https:']],
    ['//acme.okta.com', 'acme.okta.com', 'okta', ['//']],
    ['https:\\\\acme.okta.com\\admin', 'acme.okta.com', 'okta', ['https://', '/admin']],
    [
      'https://acme-admin.okta.com/admin/apps',
      'acme.okta.com',
      'okta',
      ['https://', '-admin', '/admin/apps'],
    ],
    ['acme-ADMIN.okta.com', 'acme.okta.com', 'okta', ['-ADMIN']],
    ['acme-admin-admin.okta.com', 'acme.okta.com', 'okta', ['-admin-admin']],
    ['acme-admin.oktapreview.com', 'acme.oktapreview.com', 'okta', ['-admin']],
    ['acme-admin.okta-emea.com', 'acme.okta-emea.com', 'okta', ['-admin']],
    ['acme-admin.okta-gov.com', 'acme.okta-gov.com', 'okta', ['-admin']],
    ['acme-admin.okta.mil', 'acme.okta.mil', 'okta', ['-admin']],
    ['sso-admin.acme.example', 'sso-admin.acme.example', 'custom', []],
    ['https://acme-admin.okta.com:443', 'acme.okta.com', 'okta', ['https://', '-admin', ':443']],
    ['acme.okta.com:', 'acme.okta.com', 'okta', [':']],
    ['acme.okta.com.', 'acme.okta.com', 'okta', ['.']],
    ['acme-admin.okta.com.:443/', 'acme.okta.com', 'okta', ['-admin', '.', ':443', '/']],
    ['https://dana:pa55@acme.okta.com/', 'acme.okta.com', 'okta', ['https://', 'dana:pa55@', '/']],
    ['https://dana@acme.okta.com', 'acme.okta.com', 'okta', ['https://', 'dana@']],
    ['acme.okta.com?fromURI=/app#top', 'acme.okta.com', 'okta', ['?fromURI=/app#top']],
    ['acme.okta.com#frag', 'acme.okta.com', 'okta', ['#frag']],
    [
      'https://acme.okta.com/.well-known/openid-configuration',
      'acme.okta.com',
      'okta',
      ['https://', '/.well-known/openid-configuration'],
    ],
    ['acme.okta.com/oauth2/default', 'acme.okta.com', 'okta', ['/oauth2/default']],
    ['<https://acme.okta.com>', 'acme.okta.com', 'okta', ['<', '>', 'https://']],
    ['"acme.okta.com"', 'acme.okta.com', 'okta', ['"', '"']],
    ['login.acme.example', 'login.acme.example', 'custom', []],
    ['notokta.com.evil.example', 'notokta.com.evil.example', 'custom', []],
    ['evilokta.com', 'evilokta.com', 'custom', []],
    ['bücher.example', 'xn--bcher-kva.example', 'custom', []],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example', 'custom', []],
    ['acme。okta。com', 'acme.okta.com', 'okta', []],
    ['okta-proxy:8443', 'okta-proxy:8443', 'custom', []],
    ['localhost', 'localhost', 'custom', []],
    ['http://localhost:8485/admin', 'localhost:8485', 'custom', ['http://', '/admin']],
    ['127.0.0.1:8485', '127.0.0.1:8485', 'address', []],
    ['http://127.0.0.1:8485/', '127.0.0.1:8485', 'address', ['http://', '/']],
    ['https://login.acme.example:8443', 'login.acme.example:8443', 'custom', ['https://']],
    ['[::1]:8485', '[::1]:8485', 'address', []],
    ['https://[2001:DB8:0::1]/', '[2001:db8::1]', 'address', ['https://', '/']],
    ['2001:db8::1', '[2001:db8::1]', 'address', []],
  ])('%j as %s', (paste, text, kind, removed) => {
    const domain = parseOktaDomain(paste);

    expect(domain).toMatchObject({ ok: true, kind, removed });
    expect(domain.ok && formatOktaDomain(domain)).toBe(text);
  });
});

describe('parseOktaDomain refuses', () => {
  it.each([
    ['', 'domain-empty'],
    [' \t\n\u200b', 'domain-empty'],
    ['""', 'domain-empty'],
    ['https://', 'domain-no-host'],
    ['/admin/apps', 'domain-no-host'],
    ['???', 'domain-no-host'],
    ['.', 'domain-no-host'],
    ['<script>', 'domain-no-host'],
    ['<script>alert(1)</script>', 'domain-no-host'],
    ['javascript:alert(1)', 'domain-port'],
    ['my company', 'domain-no-host'],
    ['acme .okta.com', 'domain-no-host'],
    ['acme.okta.com, beta.okta.com', 'domain-no-host'],
    ['acme..okta.com', 'domain-no-host'],
    ['-admin.okta.com', 'domain-no-host'],
    ['-acme.okta.com', 'domain-no-host'],
    ['acme_corp.okta.com', 'domain-no-host'],
    ['%61cme.okta.com', 'domain-no-host'],
    ['acme.okta.com\u0000', 'domain-no-host'],
    ['12345', 'domain-no-host'],
    ['0x7f.1', 'domain-no-host'],
    ['0177.0.0.1', 'domain-no-host'],
    ['1.2.3', 'domain-no-host'],
    ['256.1.1.1', 'domain-no-host'],
    ['[::1', 'domain-no-host'],
    ['[zz::1]', 'domain-no-host'],
    ['a'.repeat(70), 'domain-no-host'],
    ['a'.repeat(300), 'domain-too-long'],
    [`${'a'.repeat(60)}.`.repeat(5), 'domain-too-long'],
    [`https://acme.okta.com/${'x'.repeat(2000)}`, 'domain-too-long'],
    ['acme', 'domain-incomplete'],
    ['okta-proxy:443', 'domain-incomplete'],
    ['dana@acme.example', 'domain-email'],
    ['mailto:dana@acme.example', 'domain-email'],
    ['acme.okta.com:0', 'domain-port'],
    ['acme.okta.com:65536', 'domain-port'],
    ['acme.okta.com:http', 'domain-port'],
  ])('%j with %s', (paste, code) => {
    const refusal = parseOktaDomain(paste);

    expect(refusal).toMatchObject({ ok: false, code });
    expect(!refusal.ok && refusal.detail.length).toBeGreaterThan(20);
    expect(!refusal.ok && refusal.detail.length).toBeLessThan(200);
  });
});

describe('parseOktaDomain, whatever is pasted', () => {
  const piece = fc.constantFrom(
    'https://',
    'http://',
    '//',
    'https:',
    '@',
    ':',
    '/',
    '\\',
    '?',
    '#',
    '[',
    ']',
    '<',
    '>',
    '"',
    ' ',
    '.',
    '。',
    '-admin',
    '-',
    'acme',
    'okta.com',
    '.oktapreview.com',
    'localhost',
    '127.0.0.1',
    '::1',
    '443',
    '80',
    '8485',
    '0x7f',
    'xn--',
    'ß',
    'İ',
    '\u200b',
    '\u00ad',
    '%',
    '\ud800',
    '１',
    '/.well-known/openid-configuration',
  );
  const paste = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
  );

  it('never throws, and its own answer stays as it is', () => {
    let understood = 0;
    fc.assert(
      fc.property(paste, (text) => {
        const first = parseOktaDomain(text);
        if (!first.ok) return;
        understood += 1;

        const second = parseOktaDomain(formatOktaDomain(first));

        expect(second).toEqual({ ...first, removed: [] });
      }),
      { numRuns: 20_000 },
    );
    expect(understood).toBeGreaterThan(300);
  });

  it('answers a host that a URL keeps as it is', () => {
    fc.assert(
      fc.property(paste, (text) => {
        const domain = parseOktaDomain(text);
        if (!domain.ok) return;

        const url = new URL(`https://${formatOktaDomain(domain)}/api/v1/users`);

        expect(url.hostname).toBe(domain.host);
        expect(url.port).toBe(domain.port === undefined ? '' : String(domain.port));
      }),
      { numRuns: 5000 },
    );
  });
});
