import type { Page } from '@playwright/test';
import type { Gatehouse } from '../fixtures/gatehouse.ts';
import { admin } from '../fixtures/staff-api.ts';
import { expect } from '../fixtures/test.ts';
import { inMain, open } from './screen.ts';

export async function setUp(page: Page, gatehouse: Gatehouse): Promise<void> {
  await page.goto(gatehouse.setUpLink);
  await expect(page.getByRole('heading', { name: 'Set up this server' })).toBeVisible();
  await expect(page.getByLabel('Set-up token')).not.toBeEmpty();
  await page.getByLabel('Your name').fill(admin.name);
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Create administrator and go on' }).click();

  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const steps = page.getByRole('list', { name: 'Set-up' }).getByRole('listitem');
  await expect(steps).toHaveText([
    /Connector tested/,
    /Simulation reviewed/,
    /First sync done/,
    /IdP added/,
    /Test login passed/,
    /Application added/,
    /Redirection on/,
  ]);
  await expect(page.getByRole('link', { name: 'Continue: Connector tested' })).toBeVisible();
}

export async function makeToken(page: Page): Promise<string> {
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Rehearsal Okta' }).click();
  const okta = await opening;
  await expect(okta.getByText('This is a rehearsal, not Okta.')).toBeVisible();

  const menu = okta.getByRole('navigation', { name: 'Main' });
  await expect(menu.getByText('Security')).toBeVisible();
  await menu.getByRole('link', { name: 'API' }).click();
  await okta.getByRole('link', { name: 'Tokens' }).click();
  await okta.getByRole('link', { name: 'Create Token' }).click();
  await okta.getByLabel('What do you want your token to be named?').fill('gatehouse');
  await okta.getByRole('button', { name: 'Create token' }).click();
  const value = await okta.getByLabel('Token Value').inputValue();
  expect(value).toMatch(/^00/);

  await okta.reload();
  await expect(okta.getByRole('heading', { name: 'The value was shown already' })).toBeVisible();
  await okta.close();
  return value;
}

export async function connect(page: Page, gatehouse: Gatehouse, token: string): Promise<void> {
  await open(page, 'User Sync');
  await page.getByRole('link', { name: 'Create Connector' }).click();
  await page.getByRole('button', { name: /^Okta/ }).click();
  await page.getByLabel('Name').fill('Workforce');
  await page.getByLabel('Okta domain').fill(` ${gatehouse.rehearsalUrl}/console/security/api/tokens`);
  await page.getByRole('textbox', { name: 'API token' }).fill(token);

  const host = new URL(gatehouse.rehearsalUrl).host;
  await expect(page.getByLabel('Okta domain')).toHaveValue(host);
  await expect(inMain(page, /Removed http:\/\/.*\/console\/security\/api\/tokens/)).toBeVisible();

  await page.getByRole('button', { name: 'Save and Test Connection' }).click();
  const checks = page.getByRole('list', { name: 'Checks of the connection' }).getByRole('listitem');
  await expect(checks).toHaveText([
    /passed.*Reaches the host/,
    /passed.*Answers as Okta/,
    /passed.*Token accepted.*susan\.pereira/,
    /passed.*May list users/,
    /passed.*May list groups/,
    /passed.*May list members of a group/,
    /passed.*Rate limit left/,
    /passed.*What the token can see.*40 groups, 451 users/,
  ]);
  await expect(inMain(page, 'Connected')).toBeVisible();

  await page.getByRole('button', { name: 'Save and Return' }).click();
  await expect(page.getByRole('heading', { name: 'User Sync' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Workforce/ })).toContainText('Connected');
}

export async function setSchedule(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Workforce', exact: true }).click();
  await page.getByRole('link', { name: 'Sync Settings' }).click();
  await page.getByRole('switch', { name: 'Enable Scheduled Synchronization' }).check();

  await page.getByRole('button', { name: 'Set interval…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set interval' });
  await dialog.getByRole('spinbutton', { name: 'Every, number of hours' }).fill('6');
  await dialog.getByRole('spinbutton', { name: 'At minute' }).fill('15');
  await expect(dialog).toContainText('15 */6 * * *');
  await dialog.getByRole('button', { name: 'Use this interval' }).click();

  await expect(inMain(page, 'Every 6 hours, 15 minutes past the hour')).toBeVisible();
  await expect(inMain(page, '15 */6 * * *')).toBeVisible();
  const next = page.getByRole('region', { name: 'Next five runs' }).getByRole('listitem');
  await expect(next).toHaveCount(5);
  for (const time of await next.all()) await expect(time).toContainText(/(00|06|12|18):15/);

  await page.getByRole('button', { name: 'Edit cron expression' }).click();
  await page.getByLabel('Cron expression').fill('30 2 * * 1-5');
  await expect(inMain(page, 'Every weekday, at 02:30')).toBeVisible();
  await expect(next.first()).toContainText('02:30');
  await page.getByRole('button', { name: 'Set interval…' }).click();
  await expect(dialog.getByLabel('At', { exact: true })).toHaveValue('02:30');
  await expect(dialog.getByRole('radio', { name: 'weekdays' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(inMain(page, /All changes saved/)).toBeVisible();
}
