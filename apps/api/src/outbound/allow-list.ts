import { isLoopbackHost } from './address-rules.ts';

/**
 * Reads one entry of `OUTBOUND_ALLOW`: an origin, `https://host[:port]`, or `http://` for a loopback host.
 * @throws Error with a message for the person who wrote the entry
 */
export function parseAllowedOrigin(entry: string): string {
  const url = URL.parse(entry);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Error('not an origin such as https://okta-proxy.example.com:8443');
  }
  if (url.username !== '' || url.password !== '')
    throw new Error('an origin carries no user name or password');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new Error(`${url.origin} must end after the host and port`);
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw new Error(`${url.origin}: http is accepted for loopback hosts only, use https`);
  }
  return url.origin;
}

/**
 * The origin behind a configured domain (`host` or `host:port`): one that names the host of an allow-listed
 * origin uses that origin's scheme, every other one is https.
 */
export function originFor(host: string, allow: readonly string[]): string {
  const wanted = host.trim().toLowerCase();
  const secure = URL.parse(`https://${wanted}`)?.origin ?? `https://${wanted}`;
  return allow.find((origin) => origin === secure || origin === `http://${wanted}`) ?? secure;
}
