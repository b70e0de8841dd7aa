import { mended, provider } from './faults.ts';
import type { RepairRow } from './repair-row.ts';

/** Another OpenID Connect provider: what Okta never does, and the words without Okta. */
export const providerRows: readonly RepairRow[] = [
  {
    code: 'import-domain-empty',
    check: 'domain-understood',
    state: 'failed',
    saw: /^The issuer URL is empty\.$/,
    todo: /^Enter the issuer URL that the provider names/,
    leadsTo: 'issuer',
    provoke: (bench) => bench.fill('issuer', ''),
    repair: async (bench) => {
      await bench.fill('issuer', bench.provider.url);
      await bench.typeSecret(bench.secret);
    },
  },
  {
    code: 'import-connection-lost',
    check: 'connection',
    state: 'failed',
    saw: /^The connection to 127\.0\.0\.1:\d+ broke before the answer was complete\.$/,
    todo: /proxy or firewall between this server and the provider/,
    leadsTo: 'again',
    provoke: provider({ breaksOff: true }),
    repair: mended,
  },
  {
    code: 'import-no-org',
    check: 'metadata-found',
    state: 'failed',
    saw: /^No provider answers at .*: it answered 404 and a web page\.$/,
    todo: /^Check the issuer URL with the provider/,
    leadsTo: 'issuer',
    provoke: provider({ knowsNobody: true }),
    repair: mended,
  },
  {
    code: 'import-endpoint-foreign',
    check: 'endpoints-belong',
    state: 'warning',
    saw: /1 is on another host than the issuer: userinfo_endpoint \(people\.acme-login\.com\)\.$/,
    todo: /^Compare the hosts with the provider’s own page/,
    leadsTo: 'issuer',
    provoke: provider({ metadata: { userinfo_endpoint: 'https://people.acme-login.com/userinfo' } }),
    repair: mended,
  },
  {
    code: 'import-keys-weak',
    check: 'keys-usable',
    state: 'failed',
    saw: /^The longest signing key has 1,024 bits; 2,048 are needed\.$/,
    todo: /new signing key of 2,048 bits or more/,
    leadsTo: 'again',
    provoke: provider({ keyBits: 1024 }),
    repair: mended,
  },
  {
    code: 'import-clock-unknown',
    check: 'clock-agrees',
    state: 'warning',
    saw: /^127\.0\.0\.1:\d+ does not say what time it is\.$/,
    todo: /time server \(NTP\)/,
    leadsTo: 'again',
    provoke: provider({ withoutDate: true }),
    repair: mended,
  },
  {
    code: 'import-no-client-secret-method',
    check: 'secret-accepted',
    state: 'failed',
    saw: /does not accept client_secret_basic; it accepts client_secret_post\.$/,
    todo: /^Choose client_secret_post as the client authentication, or let the metadata decide\.$/,
    leadsTo: 'clientAuthentication',
    provoke: async (bench) => {
      bench.provider.become({
        metadata: { token_endpoint_auth_methods_supported: ['client_secret_post'] },
      });
      await bench.choose('clientAuthentication', 'client_secret_basic');
    },
    repair: (bench) => bench.choose('clientAuthentication', 'As the metadata says'),
  },
  {
    code: 'import-app-grant-missing',
    check: 'secret-accepted',
    state: 'failed',
    saw: /400 unauthorized_client.*The app may not use authorization codes\.$/,
    todo: /^Allow the authorization code grant/,
    leadsTo: 'clientId',
    provoke: provider({ refusal: 'unauthorized_client' }),
    repair: mended,
  },
];
