import { describe, expect, test } from 'vitest';
import { originFor, parseAllowedOrigin } from './allow-list.ts';

describe('parseAllowedOrigin', () => {
  test.each([
    ['https://okta-proxy.corp:8443', 'https://okta-proxy.corp:8443'],
    ['HTTPS://Okta-Proxy.corp:443/', 'https://okta-proxy.corp'],
    ['http://127.0.0.1:8485', 'http://127.0.0.1:8485'],
    ['http://localhost:8485', 'http://localhost:8485'],
    ['http://[::1]:8485', 'http://[::1]:8485'],
  ])('%s is taken as %s', (entry, origin) => {
    expect(parseAllowedOrigin(entry)).toBe(origin);
  });

  test.each([
    ['okta.corp', 'not an origin'],
    ['ftp://okta.corp', 'not an origin'],
    ['http://okta.corp', 'loopback hosts only'],
    ['http://10.0.0.1', 'loopback hosts only'],
    ['https://okta.corp/api', 'end after the host'],
    ['https://okta.corp?x=1', 'end after the host'],
    ['https://me:secret@okta.corp', 'no user name'],
  ])('%s is refused: %s', (entry, why) => {
    expect(() => parseAllowedOrigin(entry)).toThrow(why);
  });

  test('a refused password is not repeated', () => {
    expect(() => parseAllowedOrigin('https://me:hunter2hunter2@okta.corp')).not.toThrow('hunter2');
  });
});

describe('originFor', () => {
  const allow = ['https://okta-proxy.corp:8443', 'http://127.0.0.1:8485', 'https://onprem.corp'];

  test.each([
    ['127.0.0.1:8485', 'http://127.0.0.1:8485'],
    ['127.0.0.1', 'https://127.0.0.1'],
    ['127.0.0.1:8486', 'https://127.0.0.1:8486'],
    ['okta-proxy.corp:8443', 'https://okta-proxy.corp:8443'],
    ['Onprem.corp', 'https://onprem.corp'],
    ['onprem.corp:443', 'https://onprem.corp'],
    ['dev-1.okta.com', 'https://dev-1.okta.com'],
  ])('%s -> %s', (host, origin) => {
    expect(originFor(host, allow)).toBe(origin);
  });
});
