import type { Browser, Page } from '@playwright/test';
import type { Gatehouse } from '../fixtures/gatehouse.ts';
import { expect } from '../fixtures/test.ts';
import { inMain, open } from '../walk-steps/screen.ts';
import { signInAtOkta } from './test-login.ts';

/** Each product as the guide lists it, with the path of its nosso URL. */
const products = [
  { kind: 'Jira', name: 'Jira', baseUrl: 'https://jira.acme.example', noSso: ['/login.jsp?nosso'] },
  { kind: 'Confluence', name: 'Wiki', baseUrl: 'https://wiki.acme.example', noSso: ['/login.action?nosso'] },
  { kind: 'Bitbucket', name: 'Git', baseUrl: 'https://git.acme.example', noSso: ['/login?nosso'] },
  {
    kind: 'Bamboo',
    name: 'Builds',
    baseUrl: 'https://ci.acme.example',
    noSso: ['/userlogin!default.action?nosso', '/userlogin!doDefault.action?nosso'],
  },
] as const;

/** Applications of each kind, *Enable SSO Redirect*, the JSM switch, Save, and the nosso table. */
export async function redirect(page: Page): Promise<void> {
  for (const { kind, name, baseUrl } of products) {
    await open(page, 'Applications');
    await page.getByRole('link', { name: 'Add application' }).click();
    await page.getByRole('radio', { name: kind, exact: true }).check();
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Base URL').fill(`${baseUrl}/`);
    if (kind === 'Jira') await page.getByRole('checkbox', { name: /Jira Service Management/ }).check();
    await page.getByRole('button', { name: 'Add application' }).click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
  }

  await open(page, 'Redirection');
  const jira = page
    .getByRole('list', { name: 'Applications' })
    .getByRole('listitem')
    .filter({ hasText: 'jira.acme.example' });
  await jira.getByRole('switch', { name: 'Enable SSO Redirect', exact: true }).check();
  await jira.getByRole('switch', { name: /Jira Service Management portal/ }).check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(jira.getByText('On', { exact: true })).toBeVisible();
  for (const { name, baseUrl, noSso } of products) {
    for (const path of noSso) {
      await expect(page.locator(`input[value="${baseUrl}${path}"]`), name).toBeVisible();
    }
  }
  await expect(inMain(page, 'nginx').first()).toBeVisible();
}

/** The login page of Jira sends somebody here; the switch of the wiki is off, so its own page is shown. */
export async function logInToJira(page: Page, gatehouse: Gatehouse, browser: Browser): Promise<void> {
  const context = await browser.newContext();
  const visitor = await context.newPage();
  await visitor.goto(`${gatehouse.url}/sso/jira/login?os_destination=%2Fbrowse%2FAB-1`);
  await signInAtOkta(visitor, 'susan.pereira@rehearsal.example');
  await expect(visitor.getByText('Susan Pereira').first()).toBeVisible();
  await expect(visitor.getByRole('link', { name: /Jira/ })).toHaveAttribute(
    'href',
    'https://jira.acme.example/browse/AB-1',
  );

  // The switch of the wiki is off. Nothing leaves this machine: only where the answer points to is read.
  const answer = await visitor.request.get(`${gatehouse.url}/sso/wiki/login?os_destination=%2Fx`, {
    maxRedirects: 0,
  });
  expect(answer.headers().location).toMatch(/^https:\/\/wiki\.acme\.example\/login\.action\?nosso/);
  await context.close();

  await open(page, 'Overview');
  await expect(
    page.getByRole('list', { name: 'Set-up' }).getByRole('listitem').filter({ hasText: 'Redirection on' }),
  ).toContainText('passed');
}
