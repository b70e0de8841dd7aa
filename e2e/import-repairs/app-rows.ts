import { mended, okta } from './faults.ts';
import type { ImportBench } from './import-bench.ts';
import type { RepairRow } from './repair-row.ts';

/** The app that was registered in Okta. */
export const appRows: readonly RepairRow[] = [
  {
    code: 'import-client-id-missing',
    check: 'secret-accepted',
    state: 'failed',
    saw: /^The Client ID is empty\.$/,
    todo: /^Copy the Client ID in Okta/,
    leadsTo: 'clientId',
    provoke: (bench) => bench.fill('clientId', ''),
    repair: enterOwnApp,
  },
  {
    code: 'import-secret-missing',
    check: 'secret-accepted',
    state: 'failed',
    saw: /^There is no client secret\.$/,
    todo: /^Copy the client secret in Okta.*with the copy button/,
    leadsTo: 'clientSecret',
    provoke: async (bench) => bench.fill('clientId', (await register(bench, 'web')).clientId),
    repair: enterOwnApp,
  },
  {
    code: 'import-client-unknown',
    cause: 'a dot too much',
    check: 'secret-accepted',
    state: 'failed',
    saw: /401 invalid_client: “Invalid value for 'client_id' parameter”\. It knows no active app/,
    todo: /^Copy the Client ID again/,
    leadsTo: 'clientId',
    provoke: async (bench) => {
      await bench.fill('clientId', `${bench.app.clientId}.`);
      await bench.typeSecret(bench.secret);
    },
    repair: enterOwnApp,
  },
  {
    code: 'import-client-unknown',
    cause: 'the app is deactivated',
    check: 'secret-accepted',
    state: 'failed',
    saw: /It knows no active app with this Client ID\.$/,
    todo: /Look that the app is active/,
    leadsTo: 'clientId',
    provoke: ({ gatehouse, app }) => gatehouse.rehearsal.apps.deactivate(app.clientId),
    repair: ({ gatehouse, app }) => gatehouse.rehearsal.apps.activate(app.clientId),
  },
  {
    code: 'import-secret-refused',
    check: 'secret-accepted',
    state: 'failed',
    saw: /401 invalid_client: “The client secret supplied for a confidential client is invalid”\. The Client ID is right\.$/,
    todo: /selecting it by hand often takes a dot or a space along/,
    leadsTo: 'clientSecret',
    provoke: (bench) => bench.typeSecret(`${bench.secret}.`),
    repair: (bench) => bench.typeSecret(bench.secret),
  },
  {
    code: 'import-public-client',
    check: 'secret-accepted',
    state: 'failed',
    saw: /the app is a single-page or native one\.$/,
    todo: /then Web Application/,
    leadsTo: 'clientId',
    provoke: async (bench) => {
      await bench.fill('clientId', (await register(bench, 'spa')).clientId);
      await bench.typeSecret('whatever was in the clipboard');
    },
    repair: enterOwnApp,
  },
  {
    code: 'import-client-answer-unclear',
    check: 'secret-accepted',
    state: 'warning',
    saw: /^Okta answered 200\. That says neither yes nor no to the secret\.$/,
    todo: /make a test login before anybody else does/,
    leadsTo: 'again',
    provoke: okta({ kind: 'step-html', step: 'token' }),
    repair: mended,
  },
  {
    code: 'import-callback-not-registered',
    check: 'callback-registered',
    state: 'failed',
    saw: /must be a Login redirect URI.*\/sso\/callback\/[\w-]{22} is not registered for the app\.$/,
    todo: /as a Sign-in redirect URI with the copy button: every character counts/,
    leadsTo: 'callback-url',
    provoke: ({ gatehouse, app, draft }) =>
      gatehouse.rehearsal.apps.edit(app.clientId, { redirectUris: [`${draft.callbackUrl}/`] }),
    repair: ({ gatehouse, app, draft }) =>
      gatehouse.rehearsal.apps.edit(app.clientId, { redirectUris: [draft.callbackUrl] }),
  },
  {
    code: 'import-callback-answer-unclear',
    check: 'callback-registered',
    state: 'warning',
    saw: /^Okta answered 500.*That does not tell whether the callback URL is registered\.$/,
    todo: /^Compare the callback URL/,
    leadsTo: 'again',
    provoke: okta({ kind: 'step-server-error', step: 'authorize' }),
    repair: mended,
  },
];

async function register({ gatehouse, draft }: ImportBench, kind: 'web' | 'spa') {
  const redirectUris = [draft.callbackUrl];
  return await gatehouse.rehearsal.apps.create({ name: 'Another one', kind, redirectUris });
}

async function enterOwnApp(bench: ImportBench): Promise<void> {
  await bench.fill('clientId', bench.app.clientId);
  await bench.typeSecret(bench.secret);
}
