import type { Page } from '@playwright/test';
import type { Gatehouse } from '../fixtures/gatehouse.ts';
import { expect } from '../fixtures/test.ts';
import { inMain, open } from '../walk-steps/screen.ts';

/** What Okta shows after *Save*. */
export type OktaApp = { clientId: string; clientSecret: string };

/** The wizard opens by itself, as there is no IdP; up to the callback URL. */
async function begin(page: Page): Promise<string> {
  await open(page, 'SSO');
  await expect(page.getByRole('heading', { name: 'Let people log in with Okta' })).toBeVisible();
  await page.getByRole('button', { name: 'Add new IdP' }).click();

  await expect(page.getByRole('heading', { name: 'Provider' })).toBeVisible();
  await page.getByRole('radio', { name: 'Okta', exact: true }).check();
  await expect(page.getByRole('radio', { name: 'OpenID Connect', exact: true })).toBeChecked();
  await page.getByLabel('Unique name').fill('Acme Okta');
  await page.getByRole('button', { name: 'Next: Register the app in Okta' }).click();

  const callbackUrl = await page.getByLabel('Callback URL', { exact: true }).inputValue();
  expect(callbackUrl).toMatch(/\/sso\/callback\/[A-Za-z0-9_-]{22}$/);
  return callbackUrl;
}

/** In Okta: Applications → Create App Integration → OIDC → Web Application → Save, for everyone. */
export async function registerApp(page: Page, gatehouse: Gatehouse, callbackUrl: string): Promise<OktaApp> {
  const okta = await page.context().newPage();
  await okta.goto(`${gatehouse.rehearsalUrl}/console`);
  await okta.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Applications' }).click();
  await okta.getByRole('link', { name: 'Create App Integration' }).click();
  await okta.getByRole('radio', { name: 'OIDC - OpenID Connect' }).check();
  await okta.getByRole('radio', { name: 'Web Application' }).check();
  await okta.getByRole('button', { name: 'Next' }).click();

  await okta.getByLabel('App integration name').fill('Atlassian via Gatehouse');
  await okta.getByLabel('Sign-in redirect URIs').fill(callbackUrl);
  await okta.getByRole('radio', { name: 'Allow everyone in your organization to access' }).check();
  await okta.getByRole('button', { name: 'Save' }).click();

  const clientId = await okta.getByLabel('Client ID').inputValue();
  const clientSecret = await okta.getByLabel('Client secret').inputValue();
  await okta.close();
  // Ticks are kept on the server.
  await page.getByRole('checkbox', { name: /Open Applications, click Create App Integration/ }).check();
  await page.reload();
  await expect(
    page.getByRole('checkbox', { name: /Open Applications, click Create App Integration/ }),
  ).toBeChecked();
  return { clientId, clientSecret };
}

/** Credentials, *Import Metadata*, a method for now, *Save and Close*. */
async function finish(page: Page, gatehouse: Gatehouse, app: OktaApp): Promise<void> {
  await page.getByRole('button', { name: 'Next: Credentials' }).click();
  await page.getByRole('textbox', { name: 'Client ID' }).fill(app.clientId);
  await page.getByRole('textbox', { name: 'Client secret' }).fill(app.clientSecret);
  await page
    .getByRole('textbox', { name: 'Okta domain' })
    .fill(`${gatehouse.rehearsalUrl}/console/applications`);
  await page.getByRole('button', { name: 'Import Metadata' }).click();

  await expect(inMain(page, 'Import successful')).toBeVisible({ timeout: 30_000 });
  const checks = page.getByRole('list', { name: 'Checks of the import' }).getByRole('listitem');
  await expect(checks).toHaveCount(12);
  for (const check of await checks.all()) await expect(check).toContainText('passed');

  await page.getByRole('button', { name: 'Next: User creation and update' }).click();
  await page.getByRole('radio', { name: 'No update' }).check();
  await page.getByRole('button', { name: 'Next: Test login' }).click();
  await expect(page.getByRole('button', { name: 'Start a test login' })).toBeVisible();
  await page.getByRole('button', { name: 'Save and Close' }).click();
  await expect(page.getByRole('heading', { name: 'Acme Okta' })).toBeVisible();
  await expect(inMain(page, 'Untested')).toBeVisible();
}

export const addIdp = { begin, finish };

/** As the guide does it: after the wizard, in the section *User Creation and Update*. */
export async function chooseUserSync(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'User Creation and Update' }).click();
  await expect(page.getByRole('heading', { name: 'User Creation and Update' })).toBeVisible();
  await page.getByRole('radio', { name: 'Update with UserSync', exact: true }).check();
  await page.getByRole('combobox', { name: 'Connector' }).click();
  await page.getByRole('option', { name: 'Workforce' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(inMain(page, /^Saved /)).toBeVisible();
}
