import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Page } from '@playwright/test';
import {
  logIn,
  makeApplication,
  makeIdp,
  person,
  redirect,
  startTracker,
  testLogin,
} from './fixtures/login-state.ts';
import { ageTracker } from './fixtures/meanwhile.ts';
import { smallOrganization, test } from './fixtures/own-idp.ts';
import { picture, pictures } from './fixtures/picture.ts';
import { holdAnswers, refuseAnswers } from './fixtures/slow-answers.ts';
import { runToEnd } from './fixtures/state.ts';
import { expect, useGatehouse } from './fixtures/test.ts';

useGatehouse('file', smallOrganization);
test.describe.configure({ timeout: 120_000 });
// The pictures tell more than a trace, which takes a fifth of the time.
test.use({ trace: 'off' });

function button(page: Page, name: string) {
  return page.getByRole('button', { name, exact: true });
}

async function signInAtOkta(visitor: Page): Promise<void> {
  await visitor.getByLabel('Name or username').fill(person);
  await visitor.getByRole('button', { name: 'Search' }).click();
  await visitor.getByRole('button', { name: person }).click();
}

test('trackers', async ({ page, gatehouse, api, connector }) => {
  const support = `${gatehouse.url}/support`;
  await page.goto(support);
  await expect(page.getByRole('heading', { name: 'No tracker yet' })).toBeVisible();
  await pictures(page, 'trackers-empty');
  await button(page, 'New Tracker').click();
  await expect(page.getByText(/There is no identity provider to test yet/)).toBeVisible();
  await picture(page, 'tracker-new-nothing');
  await page.keyboard.press('Escape');

  await runToEnd(api, connector.id, 'apply');
  const usersync = { updateMethod: 'usersync', connectorId: connector.id } as const;
  const { idp, app } = await makeIdp(gatehouse, api, { name: 'Acme Okta', ...usersync });
  const { id: jiraId } = await makeApplication(api, 'jira', {
    name: 'Jira',
    baseUrl: 'https://jira.acme.example',
  });
  await gatehouse.rehearsal.people.edit(person, { lastName: 'Pereira-Lindqvist' });
  const passed = await testLogin(api, idp.id);
  await redirect(api, jiraId);
  await logIn(`${gatehouse.url}/sso/jira/login`);
  const { loginFaults, apps } = gatehouse.rehearsal;
  await apps.edit(app.clientId, { assignments: 'nobody' });
  await logIn(`${gatehouse.url}/sso/jira/login`);
  await apps.edit(app.clientId, { assignments: 'everyone' });
  const late = await startTracker(api, idp.id);
  ageTracker(gatehouse, late.id);
  await loginFaults.set({ kind: 'id-token-iss-wrong' });
  const failed = await testLogin(api, idp.id);
  await loginFaults.clearAll();
  await loginFaults.set({
    kind: 'claims-replaced',
    claims: { name: 'Zoë\u202e <b>Bold</b>\u0007', nickname: 'Straßenverkehrsgenehmigungsbehördenleiterin' },
  });
  const odd = await testLogin(api, idp.id);
  await loginFaults.clearAll();
  const open = await startTracker(api, idp.id);

  await page.goto(support);
  await expect(page.getByRole('textbox', { name: 'Test URL' })).toBeVisible();
  await expect(page.getByRole('row').nth(5)).toBeVisible();
  await pictures(page, 'trackers');
  await page.getByRole('textbox', { name: 'Fetch tracker by id' }).fill('not an id');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A tracker id looks like 4KX-9TQ.')).toBeVisible();
  await picture(page, 'trackers-wrong-id');
  await makeIdp(gatehouse, api, { name: 'Vendors', ...usersync });
  await button(page, 'New Tracker').click();
  await expect(page.getByRole('radio', { name: 'Vendors' })).toBeVisible();
  await picture(page, 'tracker-new');
  await page.keyboard.press('Escape');
  await page.getByRole('radiogroup', { name: 'Which trackers are shown' }).getByText('Failed').click();
  await expect(page.getByRole('row')).toHaveCount(3);
  await picture(page, 'trackers-failed');

  const at = (id: string) => `${support}/trackers/${id}`;
  await page.goto(at(open.id));
  await expect(page.getByText('Nobody has opened the test URL yet.')).toBeVisible();
  await pictures(page, 'tracker-waiting');
  await loginFaults.set({ kind: 'step-slow', step: 'token', milliseconds: 3000 });
  const going = logIn(`${open.testUrl}/continue`);
  await expect(page.getByText(/^The login is at step (?!2)/)).toBeVisible();
  await picture(page, 'tracker-in-progress');
  await going;
  await loginFaults.clearAll();
  await expect(page.getByRole('main').getByText(/^All \d+ steps passed/)).toBeVisible();
  await page.goto(at(passed.id));
  await expect(page.getByRole('heading', { name: 'Update that would be made' })).toBeVisible();
  await pictures(page, 'tracker-passed');
  await page.getByRole('heading', { name: 'Claims' }).scrollIntoViewIfNeeded();
  await picture(page, 'tracker-passed-claims');
  await page.goto(at(odd.id));
  await page.getByRole('heading', { name: 'Claims' }).scrollIntoViewIfNeeded();
  await picture(page, 'tracker-odd-claims');
  await page.goto(at(late.id));
  await expect(page.getByText('Nobody used the test URL within an hour.')).toBeVisible();
  await picture(page, 'tracker-timed-out');
  await page.goto(at(failed.id));
  await expect(page.getByRole('main').getByText(/^The login stopped at step/)).toBeVisible();
  await expect(button(page, 'Contact Support')).toBeVisible();
  await pictures(page, 'tracker');
  await button(page, 'Raw event').click();
  await picture(page, 'tracker-raw');
  await button(page, 'Contact Support').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await pictures(page, 'contact-support');
  await page.keyboard.press('Escape');
  await page.goto(at('222-222'));
  await expect(page.getByText('Tracker 222-222 cannot be shown')).toBeVisible();
  await picture(page, 'tracker-unknown');

  const release = await holdAnswers(page, /\/api\/trackers/);
  await page.goto(support);
  await expect(page.getByText('Loading the trackers')).toBeAttached();
  await picture(page, 'trackers-loading');
  await release();
  await refuseAnswers(page, /\/api\/trackers/);
  await page.goto(support);
  await expect(button(page, 'Try again')).toBeVisible();
  await picture(page, 'trackers-refused');
});

test('the pages that people see', async ({ page, gatehouse, api, connector }) => {
  await runToEnd(api, connector.id, 'apply');
  const usersync = { updateMethod: 'usersync', connectorId: connector.id } as const;
  const { idp, app } = await makeIdp(gatehouse, api, { name: 'Acme Okta', ...usersync });
  const jira = await makeApplication(api, 'jira', { name: 'Jira', baseUrl: 'https://jira.acme.example' });
  const { version } = await api.call(endpoints.getGeneralSettings, {});
  await api.call(endpoints.changeGeneralSettings, {
    body: {
      expectedVersion: version,
      organizationName: 'Acme Industries',
      supportAddress: 'it@acme.example',
      supportText: 'IT service desk +49 30 5550 0142',
      trackerDays: 14,
    },
  });
  const { testUrl } = await startTracker(api, idp.id);
  await page.goto(testUrl);
  await expect(page.getByRole('heading', { name: 'Test your login' })).toBeVisible();
  await pictures(page, 'person-test');
  await page.getByRole('link', { name: /Continue/ }).click();
  await signInAtOkta(page);
  await expect(page.getByRole('heading', { name: 'Your login works' })).toBeVisible();
  await pictures(page, 'person-test-passed');
  await page.goto(testUrl);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(page, 'person-link-used');

  await redirect(api, jira.id);
  await page.goto(`${gatehouse.url}/sso/jira/login?os_destination=%2Fbrowse%2FAB-1`);
  await expect(page.getByRole('heading', { name: /You are signed in as/ })).toBeVisible();
  await pictures(page, 'person-signed-in');
  await gatehouse.rehearsal.apps.edit(app.clientId, { assignments: 'nobody' });
  await page.goto(`${gatehouse.url}/sso/jira/login`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await pictures(page, 'person-not-assigned');
  const failing = await startTracker(api, idp.id);
  await page.goto(`${failing.testUrl}/continue`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(page, 'person-test-failed');
  await page.goto(`${gatehouse.url}/t/AAAAAAAAAAAAAAAAAAAAAA`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(page, 'person-nowhere');
  const expired = await startTracker(api, idp.id);
  ageTracker(gatehouse, expired.id);
  await page.goto(expired.testUrl);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(page, 'person-link-expired');
});
