import { mended, okta } from './faults.ts';
import type { ImportBench } from './import-bench.ts';
import type { RepairRow } from './repair-row.ts';

/** From the typed domain to a metadata document. */
export const reachRows: readonly RepairRow[] = [
  {
    code: 'import-domain-empty',
    check: 'domain-understood',
    state: 'failed',
    saw: /^The Okta domain is empty\.$/,
    todo: /such as acme\.okta\.com.*menu at the top right/,
    leadsTo: 'domain',
    provoke: (bench) => bench.fill('domain', ''),
    repair: enterOwnDomain,
  },
  {
    code: 'import-host-blocked',
    check: 'name-resolves',
    state: 'failed',
    saw: /^127\.0\.0\.1:1 leads into a private network.*Nothing was sent\.$/,
    todo: /public address of the org.*OUTBOUND_ALLOW/,
    leadsTo: 'domain',
    provoke: enterDomain('blocked'),
    repair: enterOwnDomain,
  },
  {
    code: 'import-host-refused',
    check: 'connection',
    state: 'failed',
    saw: /^No connection to 127\.0\.0\.1:\d+\.$/,
    todo: /its port.*firewall or proxy/,
    leadsTo: 'domain',
    provoke: enterDomain('closed'),
    repair: enterOwnDomain,
  },
  {
    code: 'import-host-tls',
    check: 'connection',
    state: 'failed',
    saw: /^The certificate of 127\.0\.0\.1:\d+ is not trusted/,
    todo: /OUTBOUND_CA_FILE/,
    leadsTo: 'domain',
    provoke: enterDomain('withoutTls'),
    repair: enterOwnDomain,
  },
  {
    code: 'import-host-timed-out',
    check: 'connection',
    state: 'failed',
    saw: /did not answer in 10 seconds\.$/,
    todo: /port 443/,
    leadsTo: 'domain',
    provoke: okta({ kind: 'step-slow', step: 'discovery', milliseconds: 10_600 }),
    repair: mended,
  },
  {
    code: 'import-no-org',
    check: 'metadata-found',
    state: 'failed',
    saw: /^No Okta org answers at .*openid-configuration: it answered 404\.$/,
    todo: /Look for a typo in the Okta domain/,
    leadsTo: 'domain',
    provoke: okta({ kind: 'discovery-not-found' }),
    repair: mended,
  },
  {
    code: 'import-no-authorization-server',
    check: 'metadata-found',
    state: 'failed',
    saw: /has no authorization server at .*\/oauth2\/ausUnknown\/\.well-known\/openid-configuration\.$/,
    todo: /Leave the issuer URL empty/,
    leadsTo: 'issuer',
    provoke: async (bench) => {
      await bench.fill('issuer', `${bench.gatehouse.rehearsalUrl}/oauth2/ausUnknown`);
      await bench.typeSecret(bench.secret);
    },
    repair: async (bench) => {
      await bench.fill('issuer', '');
      await bench.typeSecret(bench.secret);
    },
  },
  {
    code: 'import-metadata-redirected',
    check: 'metadata-found',
    state: 'failed',
    saw: /answered 30\d and pointed to https:\/\/redirected\.example\.$/,
    todo: /not one that forwards to it/,
    leadsTo: 'domain',
    provoke: okta({ kind: 'discovery-redirect' }),
    repair: mended,
  },
  {
    code: 'import-metadata-not-json',
    check: 'metadata-found',
    state: 'failed',
    saw: /answered 200 with a web page at /,
    todo: /a proxy or a sign-in page of your network stands between/,
    leadsTo: 'domain',
    provoke: okta({ kind: 'step-html', step: 'discovery' }),
    repair: mended,
  },
  {
    code: 'import-metadata-unreadable',
    check: 'metadata-found',
    state: 'failed',
    saw: /has no usable “jwks_uri”\.$/,
    todo: /not of another of its services/,
    leadsTo: 'domain',
    provoke: okta({ kind: 'discovery-without-jwks-uri' }),
    repair: mended,
  },
  {
    code: 'import-metadata-too-large',
    check: 'metadata-found',
    state: 'failed',
    saw: /is larger than 1 MiB/,
    todo: /something else answers there/,
    leadsTo: 'domain',
    provoke: okta({ kind: 'step-oversized', step: 'discovery', megabytes: 2 }),
    repair: mended,
  },
  {
    code: 'import-server-failed',
    check: 'metadata-found',
    state: 'failed',
    saw: /^Okta failed at .*: it answered 500\.$/,
    todo: /status\.okta\.com/,
    leadsTo: 'again',
    provoke: okta({ kind: 'step-server-error', step: 'discovery' }),
    repair: mended,
  },
  {
    code: 'import-rate-limited',
    check: 'metadata-found',
    state: 'failed',
    saw: /^Okta is busy at .*: it answered 429\.$/,
    todo: /Try again in a minute/,
    leadsTo: 'again',
    provoke: okta({ kind: 'step-too-many-requests', step: 'discovery' }),
    repair: mended,
  },
];

function enterDomain(host: keyof ImportBench['addresses']) {
  return async (bench: ImportBench) => {
    await bench.fill('domain', bench.addresses[host]);
    await bench.typeSecret(bench.secret);
  };
}

async function enterOwnDomain(bench: ImportBench): Promise<void> {
  await bench.fill('domain', bench.rehearsalHost);
  await bench.typeSecret(bench.secret);
}
