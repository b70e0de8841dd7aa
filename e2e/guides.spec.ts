import { expect, test, useGatehouse } from './fixtures/test.ts';
import { addIdp, chooseUserSync, registerApp } from './guide-steps/add-idp.ts';
import { logInToJira, redirect } from './guide-steps/redirect.ts';
import { testLogin, unassignedPerson } from './guide-steps/test-login.ts';
import { connect, makeToken, setSchedule, setUp } from './walk-steps/connect-okta.ts';
import { inMain, open } from './walk-steps/screen.ts';
import { runMs } from './walk-steps/sync-with-review.ts';

useGatehouse('file');
test.use({ viewport: { width: 1440, height: 900 } });

test('both set-up guides, from the first line to the last', async ({ page, gatehouse, browser }) => {
  test.setTimeout(300_000);

  await test.step('Starts with an empty server', () => setUp(page, gatehouse));

  const token = await test.step('Configure Okta for User Sync: Name and Create Token', () => makeToken(page));
  await test.step('Create User Sync Connector For Okta: Save and Test Connection', () =>
    connect(page, gatehouse, token));
  await test.step('Sync Settings: Enable Scheduled Synchronization', () => setSchedule(page));
  await test.step('Full sync', async () => {
    await open(page, 'User Sync');
    await page.getByRole('button', { name: 'Sync Workforce' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sync now' }).click();
    await expect(inMain(page, /410 users added/).first()).toBeVisible({ timeout: runMs });
  });

  const callbackUrl = await test.step('First Steps - Wizard: + Add IdP, Add new IdP, callback url', () =>
    addIdp.begin(page));
  const app = await test.step('Applications: Create App Integration', () =>
    registerApp(page, gatehouse, callbackUrl));
  await test.step('Import Metadata, Save and Close', () => addIdp.finish(page, gatehouse, app));
  await test.step('User Creation and Update: Update with UserSync', () => chooseUserSync(page));

  await test.step('Testing SSO: New Tracker, test url in an incognito browser', () =>
    testLogin(page, gatehouse, browser));
  await test.step('A person who is not assigned, and Contact Support', () =>
    unassignedPerson(page, gatehouse, browser, app));

  await test.step('Redirect to SSO: Enable SSO Redirect, nosso', () => redirect(page));
  await test.step('A login to Jira', () => logInToJira(page, gatehouse, browser));
});
