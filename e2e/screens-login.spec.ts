import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Page } from '@playwright/test';
import { importMetadata, logIn, makeDraft, makeIdp, registerApp, testLogin } from './fixtures/login-state.ts';
import { smallOrganization, test } from './fixtures/own-idp.ts';
import { picture, pictures } from './fixtures/picture.ts';
import { holdAnswers, refuseAnswers } from './fixtures/slow-answers.ts';
import { runToEnd } from './fixtures/state.ts';
import { expect, useGatehouse } from './fixtures/test.ts';

useGatehouse('file', smallOrganization);
test.describe.configure({ timeout: 120_000 });
// The pictures tell more than a trace, which takes a fifth of the time.
test.use({ trace: 'off' });

async function heading(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

function button(page: Page, name: string | RegExp) {
  return page.getByRole('button', { name, exact: typeof name === 'string' });
}

test('the wizard, from Welcome to the import', async ({ page, gatehouse, api: _ }) => {
  const { loginFaults, apps } = gatehouse.rehearsal;
  await page.goto(`${gatehouse.url}/idps`);
  await heading(page, 'Let people log in with Okta');
  await pictures(page, 'sso-welcome');

  await button(page, 'Add new IdP').click();
  await heading(page, 'Provider');
  await picture(page, 'wizard-provider');
  await button(page, 'Next: Register the app in Okta').click();
  await expect(page.getByLabel('Unique name')).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'wizard-provider-refused');
  await page.getByLabel('Unique name').fill('Acme Okta');
  await button(page, 'Next: Register the app in Okta').click();

  await heading(page, 'Register the app in Okta');
  for (const name of [/Create App Integration/, /Web Application/, /Give the app a name/]) {
    await page.getByRole('checkbox', { name }).check();
  }
  await pictures(page, 'wizard-register');
  const callbackUrl = await page.getByLabel('Callback URL', { exact: true }).inputValue();
  const app = await registerApp(gatehouse, callbackUrl);
  await button(page, 'Next: Credentials').click();

  await heading(page, 'Credentials');
  await picture(page, 'wizard-credentials-empty');
  await page.getByRole('textbox', { name: 'Client ID' }).fill(app.clientId);
  await page.getByRole('textbox', { name: 'Client secret' }).fill(`${app.clientSecret}x`);
  await page.getByRole('textbox', { name: 'Okta domain' }).fill(`${gatehouse.rehearsalUrl}/console`);
  await page.getByRole('checkbox', { name: /copy the Client ID/ }).check();
  await loginFaults.set({ kind: 'step-slow', step: 'keys', milliseconds: 4000 });
  await button(page, 'Import Metadata').click();
  await expect(page.getByText(/1 running/)).toBeVisible();
  await picture(page, 'wizard-import-running');
  await loginFaults.clearAll();
  await expect(button(page, 'Replace client secret')).toBeVisible();
  await pictures(page, 'wizard-import');
  await button(page, 'Show the answer').click();
  await expect(page.getByLabel('Answer of the provider')).toBeVisible();
  await picture(page, 'wizard-import-answer');

  await button(page, 'Replace client secret').click();
  await expect(page.getByRole('textbox', { name: 'Client secret' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Client secret' }).fill(app.clientSecret ?? '');
  await apps.edit(app.clientId, { redirectUris: ['https://elsewhere.acme.example/callback'] });
  await button(page, 'Import Metadata').click();
  await expect(button(page, 'Copy callback URL')).toBeVisible();
  await picture(page, 'wizard-import-callback');
  await apps.edit(app.clientId, { redirectUris: [callbackUrl] });
  await loginFaults.set({ kind: 'step-server-error', step: 'authorize' });
  await button(page, 'Import Metadata').click();
  await expect(page.getByText(/1 warning/)).toBeVisible();
  await picture(page, 'wizard-import-warning');
  await button(page, 'Import Metadata').click();
  await expect(page.getByText('12 passed')).toBeVisible();
  await picture(page, 'wizard-import-passed');
  await page.getByText('Advanced: custom authorization server').click();
  await picture(page, 'wizard-advanced');
});

test('the wizard, from users to the test login', async ({ page, gatehouse, api, connector }) => {
  const { draft } = await makeDraft(gatehouse, api, { name: 'Acme Okta' });
  const at = (step: string) => `${gatehouse.url}/idps/new/${draft.id}/${step}`;
  await page.goto(at('test'));
  await expect(page.getByText('The metadata is not imported yet.').first()).toBeVisible();
  await picture(page, 'wizard-test-too-early');
  await importMetadata(api, draft.id);

  await page.goto(at('users'));
  await heading(page, 'User creation and update');
  await picture(page, 'wizard-users-none');
  await page.getByRole('radio', { name: 'Update with UserSync', exact: true }).check();
  await pictures(page, 'wizard-users-no-connector');
  await button(page, 'Create a connector here').click();
  const here = page.getByRole('form', { name: 'New connector' });
  await here.getByRole('button', { name: 'Create connector' }).click();
  await expect(here.getByText(/Paste the API token/)).toBeVisible();
  await picture(page, 'wizard-users-connector-here');
  await here.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('radio', { name: 'Update from the ID token', exact: true }).check();
  await picture(page, 'wizard-users-claims');
  await page.getByRole('radio', { name: 'Update with UserSync', exact: true }).check();
  await page.getByRole('combobox', { name: 'Connector' }).click();
  await page.getByRole('option', { name: connector.name }).click();
  await picture(page, 'wizard-users-connector');

  const colleague = await page.context().newPage();
  await colleague.goto(at('users'));
  await colleague.getByRole('radio', { name: 'No update' }).check();
  await colleague.getByRole('radio', { name: 'Also by verified e-mail' }).check();
  await button(colleague, 'Next: Test login').click();
  await heading(colleague, 'Test login');
  await colleague.close();
  await button(page, 'Next: Test login').click();
  await expect(page.getByText(/^Ada Admin saved in the meantime/)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Also by verified e-mail' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Update with UserSync', exact: true })).toBeChecked();
  await picture(page, 'wizard-conflict');
  await button(page, 'Next: Test login').click();
  await heading(page, 'Test login');

  await runToEnd(api, connector.id, 'apply');
  await picture(page, 'wizard-test-not-started');
  await button(page, 'Start a test login').click();
  const testUrl = page.getByRole('textbox', { name: 'Test URL' });
  await expect(testUrl).toBeVisible();
  await picture(page, 'wizard-test-waiting');
  const { loginFaults } = gatehouse.rehearsal;
  const { clientId } = draft.settings;
  await loginFaults.set({ kind: 'step-slow', step: 'userinfo', milliseconds: 3000, clientId });
  const going = logIn(`${await testUrl.inputValue()}/continue`);
  await expect(page.getByText(/^The login is at step (?!2)/)).toBeVisible();
  await picture(page, 'wizard-test-live');
  await going;
  await loginFaults.clearAll();
  await expect(page.getByRole('main').getByText(/^All \d+ steps passed/)).toBeVisible();
  await pictures(page, 'wizard-test-passed');
  await loginFaults.set({ kind: 'id-token-iss-wrong', times: 1, clientId });
  await button(page, 'Test again').click();
  await expect(testUrl).toBeVisible();
  await logIn(`${await testUrl.inputValue()}/continue`);
  await expect(page.getByRole('main').getByText(/^The login stopped at step/)).toBeVisible();
  await picture(page, 'wizard-test-failed');
});

test('another provider, in the wizard', async ({ page, gatehouse, api }) => {
  const name = 'Identitätsanbieter der Konzerngesellschaften (Übergangslösung Rechenzentrumsverlagerung)';
  const { draft } = await makeDraft(gatehouse, api, {
    name,
    preset: 'oidc',
    domain: '',
    issuer: `${gatehouse.rehearsalUrl}/oauth2/default`,
  });
  const at = (step: string) => `${gatehouse.url}/idps/new/${draft.id}/${step}`;
  await page.goto(at('register'));
  await heading(page, 'Register the app in Okta');
  await picture(page, 'wizard-register-other');
  await page.goto(at('credentials'));
  await heading(page, 'Credentials');
  await picture(page, 'wizard-credentials-other');
  await holdAnswers(page, /\/api\/idps\//);
  await page.goto(at('credentials'));
  await expect(page.getByText('Loading the draft')).toBeVisible();
  await picture(page, 'wizard-loading');
});

test('identity providers and the pages of one', async ({ page, gatehouse, api, connector }) => {
  await runToEnd(api, connector.id, 'apply');
  const usersync = { updateMethod: 'usersync', connectorId: connector.id } as const;
  const { idp: ready } = await makeIdp(gatehouse, api, { name: 'Acme Okta', ...usersync });
  await testLogin(api, ready.id);
  const { idp: untested } = await makeIdp(gatehouse, api, { name: 'Vendors', ...usersync });
  const { idp: off } = await makeIdp(gatehouse, api, { name: 'Old Okta', ...usersync });
  await api.call(endpoints.setIdpEnabled, { params: { idpId: off.id }, body: { enabled: false } });
  await makeDraft(gatehouse, api, { name: 'Partner org with\u202e a hidden sign' });

  await page.goto(`${gatehouse.url}/idps`);
  await expect(page.getByRole('row', { name: /Vendors/ })).toBeVisible();
  await pictures(page, 'sso');
  const release = await holdAnswers(page, /\/api\/idps\?/);
  await page.goto(`${gatehouse.url}/idps`);
  await expect(page.getByText('Loading the identity providers')).toBeVisible();
  await picture(page, 'sso-loading');
  await release();
  const relent = await refuseAnswers(page, /\/api\/idps\?/);
  await page.goto(`${gatehouse.url}/idps`);
  await expect(button(page, 'Try again')).toBeVisible();
  await picture(page, 'sso-refused');
  await relent();
  await page.goto(`${gatehouse.url}/idps/new`);
  await expect(page.getByText('Or go on with a draft')).toBeVisible();
  await picture(page, 'sso-welcome-drafts');

  await page.goto(`${gatehouse.url}/idps/${untested.id}/summary`);
  await expect(page.getByText('No test login has passed with these settings.')).toBeVisible();
  await picture(page, 'idp-summary-untested');
  await page.goto(`${gatehouse.url}/idps/${off.id}/summary`);
  await heading(page, 'Old Okta');
  await expect(button(page, 'Enable')).toBeVisible();
  await picture(page, 'idp-summary-disabled');
  const base = `${gatehouse.url}/idps/${ready.id}`;
  await page.goto(`${base}/summary`);
  await expect(button(page, 'Disable…')).toBeVisible();
  await pictures(page, 'idp-summary');
  await button(page, 'Disable…').click();
  await picture(page, 'idp-disable');
  await page.keyboard.press('Escape');
  await button(page, 'Remove IdP…').click();
  await picture(page, 'idp-remove');
  await page.keyboard.press('Escape');

  await page.goto(`${base}/metadata`);
  await expect(button(page, 'Import Metadata')).toBeVisible();
  await page.getByRole('textbox', { name: 'Unique name' }).fill('Acme Okta Europe');
  await page.getByRole('textbox', { name: 'Client ID' }).fill('0oa9f2kd7QxLwYb3R5d7');
  await pictures(page, 'idp-metadata');
  await button(page, 'Save').click();
  await expect(page.getByText(/^Saved /)).toBeVisible();
  await picture(page, 'idp-metadata-saved');
  await page.goto(`${base}/users`);
  await expect(page.getByRole('radio', { name: 'No update' })).toBeVisible();
  await pictures(page, 'idp-users');
  await page.goto(`${base}/logins`);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await pictures(page, 'idp-logins');
  await page.goto(`${gatehouse.url}/idps/AAAAAAAAAAAAAAAAAAAAAA/summary`);
  await expect(page.getByText('The identity provider cannot be shown')).toBeVisible();
  await picture(page, 'idp-unknown');
});
