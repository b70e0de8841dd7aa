import { readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import type { Gatehouse } from '../fixtures/gatehouse.ts';
import { expect } from '../fixtures/test.ts';
import { inMain, open } from '../walk-steps/screen.ts';
import type { OktaApp } from './add-idp.ts';

/** Signs in at the rehearsal Okta as one of its people. */
export async function signInAtOkta(visitor: Page, login: string): Promise<void> {
  await visitor.getByLabel('Name or username').fill(login);
  await visitor.getByRole('button', { name: 'Search' }).click();
  await visitor.getByRole('button', { name: login }).click();
}

async function newTracker(page: Page): Promise<string> {
  await open(page, 'System & Support');
  await page.getByRole('button', { name: 'New Tracker' }).click();
  const testUrl = await page.getByRole('textbox', { name: 'Test URL' }).inputValue();
  expect(testUrl).toMatch(/\/t\/[A-Za-z0-9_-]{22}$/);
  await page.getByRole('link', { name: 'Follow live' }).click();
  await expect(inMain(page, 'Nobody has opened the test URL yet.')).toBeVisible();
  return testUrl;
}

/** The test URL in another browser: interstitial, Okta, result; the steps fill up on the admin’s screen. */
export async function testLogin(page: Page, gatehouse: Gatehouse, browser: Browser): Promise<void> {
  const testUrl = await newTracker(page);
  const incognito = await browser.newContext();
  const visitor = await incognito.newPage();
  await visitor.goto(testUrl);
  await expect(visitor.getByRole('heading', { name: 'Test your login' })).toBeVisible();
  await visitor.getByRole('link', { name: /Continue/ }).click();
  await expect(visitor).toHaveURL(new RegExp(`^${gatehouse.rehearsalUrl}`));
  await expect(inMain(page, 'Sent to Okta')).toBeVisible();

  await signInAtOkta(visitor, 'susan.pereira@rehearsal.example');
  await expect(visitor.getByRole('heading', { name: 'Your login works' })).toBeVisible();
  await incognito.close();

  await expect(inMain(page, /^All \d+ steps passed/)).toBeVisible();
  const steps = page.getByRole('list', { name: 'Steps of the login' });
  for (const step of ['Test URL opened', 'Returned from Okta', 'ID token: signature', 'User found']) {
    await expect(steps.getByText(step)).toBeVisible();
  }
  await expect(page.getByRole('heading', { name: 'Update that would be made' })).toBeVisible();
}

/** Somebody without the app in Okta ends on a page that says so, with the tracker id; the bundle is shown first. */
export async function unassignedPerson(
  page: Page,
  gatehouse: Gatehouse,
  browser: Browser,
  app: OktaApp,
): Promise<void> {
  await gatehouse.rehearsal.apps.edit(app.clientId, { assignments: 'nobody' });
  const testUrl = await newTracker(page);
  const incognito = await browser.newContext();
  const visitor = await incognito.newPage();
  await visitor.goto(testUrl);
  await visitor.getByRole('link', { name: /Continue/ }).click();
  await signInAtOkta(visitor, 'susan.pereira@rehearsal.example');
  await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(visitor.getByText(/[2-9A-Z]{3}-[2-9A-Z]{3}/).first()).toBeVisible();
  await incognito.close();

  await expect(inMain(page, /^The login stopped at step/)).toBeVisible();
  await expect(inMain(page, 'What to do')).toBeVisible();
  await page.getByRole('button', { name: 'Contact Support' }).click();
  const dialog = page.getByRole('dialog', { name: /What support gets/ });
  await expect(dialog.getByRole('button', { name: 'configuration.json' })).toBeVisible();
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download' }).click();
  const file = await (await downloading).path();
  expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await gatehouse.rehearsal.apps.edit(app.clientId, { assignments: 'everyone' });
}
