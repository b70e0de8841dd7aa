import type { Page } from '@playwright/test';
import { makeApplication, makeIdp, redirect, testLogin } from './fixtures/login-state.ts';
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

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true });
}

test('applications, from none to one that is removed', async ({ page, gatehouse, api: _ }) => {
  await page.goto(`${gatehouse.url}/redirection`);
  await expect(page.getByRole('heading', { name: 'No application yet' })).toBeVisible();
  await picture(page, 'redirection-empty');
  await page.goto(`${gatehouse.url}/applications`);
  await expect(page.getByRole('heading', { name: 'No application yet' })).toBeVisible();
  await picture(page, 'applications-empty');
  await page.getByRole('link', { name: 'Add application' }).click();
  await heading(page, 'Add application');
  await button(page, 'Add application').click();
  await expect(page.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'application-new-refused');
  await page.getByLabel('Name').fill('Jira');
  await page.getByLabel('Base URL').fill('jira.acme.example/login.jsp?os_destination=x');
  await button(page, 'Add application').click();
  await expect(page.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'application-new-address-refused');
  await page.getByLabel('Base URL').fill('https://tools.acme.example/jira/');
  await page.getByRole('checkbox', { name: /Jira Service Management/ }).check();
  await button(page, 'Add application').click();
  await heading(page, 'Jira');
  await expect(page.getByRole('textbox', { name: 'Login through Gatehouse' })).toBeVisible();
  await pictures(page, 'application');
  await page.getByLabel('Name').fill('Jira for everybody');
  await picture(page, 'application-unsaved');
  await button(page, 'Discard').click();
  await button(page, 'Remove application…').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'application-remove');
  await page.keyboard.press('Escape');
  await page.goto(`${gatehouse.url}/redirection`);
  await expect(page.getByText('There is no identity provider to send people to.')).toBeVisible();
  await picture(page, 'redirection-no-idp');
});

test('redirection and applications', async ({ page, gatehouse, api, connector }) => {
  await runToEnd(api, connector.id, 'apply');
  const usersync = { updateMethod: 'usersync', connectorId: connector.id } as const;
  const { idp } = await makeIdp(gatehouse, api, { name: 'Acme Okta', ...usersync });
  const jira = await makeApplication(api, 'jira', {
    name: 'Jira',
    baseUrl: 'https://jira.acme.example',
    jsm: true,
  });
  await makeApplication(api, 'confluence', { name: 'Wiki', baseUrl: 'https://wiki.acme.example' });
  await makeApplication(api, 'bitbucket', { name: 'Git', baseUrl: 'https://git.acme.example/bitbucket' });
  await makeApplication(api, 'bamboo', { name: 'Builds', baseUrl: 'https://ci.acme.example' });

  await page.goto(`${gatehouse.url}/redirection`);
  await expect(page.getByText('No test login with Acme Okta has passed yet.').first()).toBeVisible();
  await picture(page, 'redirection-locked');
  await testLogin(api, idp.id);
  await page.reload();
  await expect(page.getByText('Ready').first()).toBeVisible();
  await picture(page, 'redirection-ready');
  const rowOf = (host: string) => page.getByRole('listitem').filter({ hasText: host });
  const wiki = rowOf('wiki.acme.example');
  await redirect(api, jira.id, { portal: true });
  await page.reload();
  await expect(rowOf('jira.acme.example').getByText('On', { exact: true })).toBeVisible();
  await wiki.getByRole('switch', { name: 'Enable SSO Redirect' }).check();
  await pictures(page, 'redirection');
  await page.getByRole('heading', { name: 'What the products or their proxy need' }).scrollIntoViewIfNeeded();
  await expect(page.getByText('proxy_set_header').or(page.getByText('location')).first()).toBeVisible();
  await pictures(page, 'redirection-snippets');
  await button(page, 'Discard').click();

  await makeIdp(gatehouse, api, { name: 'Vendors', ...usersync });
  await page.reload();
  await expect(page.getByText('There are several identity providers. Choose one.').first()).toBeVisible();
  await picture(page, 'redirection-several');

  await page.goto(`${gatehouse.url}/applications`);
  await expect(page.getByRole('row', { name: /Builds/ })).toBeVisible();
  await pictures(page, 'applications');
  const release = await holdAnswers(page, /\/api\/(applications|redirections)\b/);
  await page.goto(`${gatehouse.url}/applications`);
  await expect(page.getByText('Loading the applications')).toBeAttached();
  await picture(page, 'applications-loading');
  await release();
  await refuseAnswers(page, /\/api\/applications\b/);
  await page.goto(`${gatehouse.url}/redirection`);
  await expect(button(page, 'Try again')).toBeVisible();
  await picture(page, 'redirection-refused');
  await page.goto(gatehouse.url);
  await expect(page.getByRole('region', { name: 'Last login failure' })).toBeVisible();
  await pictures(page, 'overview-login');
});

test('general settings', async ({ page, gatehouse, api: _ }) => {
  await page.goto(`${gatehouse.url}/settings/general`);
  await expect(page.getByLabel('Name of the organization')).toBeVisible();
  await picture(page, 'settings-general-new');
  await page.getByLabel('Name of the organization').fill('Acme Industries');
  await page.getByLabel('Support address').fill('call 4711');
  await button(page, 'Save').click();
  await expect(page.getByLabel('Support address')).toHaveAttribute('aria-invalid', 'true');
  await pictures(page, 'settings-general');
  await page.getByLabel('Support address').fill('it@acme.example');
  await button(page, 'Save').click();
  await expect(page.getByText(/^Saved /)).toBeVisible();
  await picture(page, 'settings-general-saved');
});
