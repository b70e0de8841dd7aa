import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Page } from '@playwright/test';
import { phonePicture, picture, pictures } from './fixtures/picture.ts';
import { admin, StaffApi } from './fixtures/staff-api.ts';
import { makeConnector, runToEnd } from './fixtures/state.ts';
import { expect, test, useGatehouse } from './fixtures/test.ts';

useGatehouse('test');
test.describe.configure({ timeout: 120_000 });
// The pictures tell more than a trace, which takes a fifth of the time.
test.use({ trace: 'off' });

const support = {
  name: 'Sam Support',
  email: 'sam@example.com',
  password: 'copper violin marsh nine',
  role: 'support',
} as const;

async function heading(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('set-up and sign-in', async ({ page, gatehouse }) => {
  await page.goto(gatehouse.setUpLink);
  await expect(page.getByRole('list', { name: 'Checks of this server' })).toBeVisible();
  await pictures(page, 'setup');

  await page.getByLabel('Set-up token').fill('gh-setup-of-another-server');
  await page.getByLabel('Your name').fill(admin.name);
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create administrator and go on' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'setup-password-short');
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: 'Create administrator and go on' }).click();
  await expect(page.getByLabel('Set-up token')).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'setup-wrong-token');

  await StaffApi.setUp(gatehouse);
  await page.goto(gatehouse.setUpLink);
  await heading(page, 'This server is set up already');
  await picture(page, 'setup-done');

  await page.getByRole('link', { name: 'Sign in' }).click();
  await heading(page, 'Sign in');
  await pictures(page, 'sign-in');
  await page.getByLabel('E-mail').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'sign-in-refused');
});

test('an empty server', async ({ page, gatehouse, context }) => {
  const api = await StaffApi.setUp(gatehouse);
  await api.lendSession(context);

  await page.goto(gatehouse.url);
  await expect(page.getByRole('region', { name: 'Set-up' })).toBeVisible();
  await pictures(page, 'overview-new');

  await page.goto(`${gatehouse.url}/connectors`);
  await expect(page.getByRole('heading', { name: 'No connector yet' })).toBeVisible();
  await pictures(page, 'connectors-empty');

  await page.goto(`${gatehouse.url}/connectors/new`);
  await page.getByRole('button', { name: /^Okta/ }).waitFor();
  await picture(page, 'new-connector-kind');
  await page.getByRole('button', { name: /^Okta/ }).click();
  await page.getByLabel('Name').fill('Acme workforce');
  await page.getByLabel('Okta domain').fill('https://acme-admin.okta.com/admin/apps');
  await page.getByRole('textbox', { name: 'API token' }).focus();
  await expect(page.getByText('Undo')).toBeVisible();
  await pictures(page, 'new-connector-domain-cleaned');
  await page.getByLabel('Okta domain').fill('not a domain');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('Okta domain')).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'new-connector-refused');
  await page.getByRole('textbox', { name: 'API token' }).fill('00not-a-token');
  await page.getByRole('link', { name: 'Directory' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'new-connector-leaving');
  await page.getByRole('button', { name: 'Leave without saving' }).click();

  await heading(page, 'Directory');
  await picture(page, 'directory-empty');

  await page.goto(`${gatehouse.url}/no/such/page`);
  await heading(page, 'There is no page here');
  await pictures(page, 'not-found');
  await page.getByRole('button', { name: /^Ada Admin/ }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await picture(page, 'account-menu');
  await page.keyboard.press('Escape');
  await phonePicture(page, 'menu', () => page.getByRole('button', { name: 'Open the menu' }).click());

  await page.goto(`${gatehouse.url}/settings/accounts`);
  await heading(page, 'Settings');
  await context.clearCookies();
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByRole('dialog', { name: 'Your session is over' })).toBeVisible();
  await picture(page, 'session-over');

  await page.goto(`${gatehouse.url}/api/docs`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await picture(page, 'api-docs');
});

test('a connector', async ({ page, gatehouse, context }) => {
  const api = await StaffApi.setUp(gatehouse);
  await api.lendSession(context);
  const { id } = await makeConnector(gatehouse, api);
  const base = `${gatehouse.url}/connectors/${id}`;

  await page.goto(`${base}/connection`);
  await page.getByRole('button', { name: 'Save and Test Connection' }).click();
  await expect(page.getByText('8 passed').first()).toBeVisible();
  await pictures(page, 'connection-passed');

  await page.getByLabel('Okta domain').fill('acme.okta.com');
  await page.getByLabel('Name').focus();
  await expect(page.getByText(/1 unsaved change/)).toBeVisible();
  await picture(page, 'connection-domain-changed-without-token');
  await page.getByRole('button', { name: 'Discard' }).click();

  await page.getByRole('button', { name: 'Replace' }).click();
  await page.getByRole('textbox', { name: 'API token' }).fill('00wrongwrongwrongwrongwrongwrongwrongwrong');
  await page.getByRole('button', { name: 'Save and Test Connection' }).click();
  await expect(page.getByText('Not connected')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Replace token' })).toBeVisible();
  await picture(page, 'connection-failed');

  await page.getByRole('button', { name: 'Remove connector…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'connection-remove');
  await page.keyboard.press('Escape');

  await page.goto(`${base}/sync-settings`);
  await page.getByRole('button', { name: 'Set interval…' }).waitFor();
  await picture(page, 'sync-settings-off');
  await page.getByRole('switch', { name: 'Enable Scheduled Synchronization' }).check();
  await page.getByRole('button', { name: 'Edit cron expression' }).click();
  await pictures(page, 'sync-settings');
  await page.getByRole('button', { name: 'Set interval…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set interval' });
  await expect(dialog).toBeVisible();
  await pictures(page, 'sync-settings-interval');
  await dialog.getByRole('spinbutton', { name: 'Every, number of hours' }).fill('5');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await picture(page, 'sync-settings-interval-not-offered');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByLabel('Cron expression').fill('0 0 31 2 *');
  await expect(page.getByText('Not a schedule yet')).toBeVisible();
  await picture(page, 'sync-settings-cron-refused');

  page.once('dialog', (question) => void question.accept());
  await page.goto(`${base}/runs`);
  await expect(page.getByText(/No run/).first()).toBeVisible();
  await picture(page, 'runs-empty');
});

test('the directory, settings and support staff', async ({ page, gatehouse, context }) => {
  const api = await StaffApi.setUp(gatehouse);
  await api.lendSession(context);
  const { id } = await makeConnector(gatehouse, api);
  await runToEnd(api, id, 'apply');

  await page.goto(`${gatehouse.url}/directory/users`);
  await expect(page.getByRole('grid', { name: 'Users' }).getByRole('row').nth(5)).toBeVisible();
  await pictures(page, 'directory-users');
  await page.getByRole('searchbox', { name: 'Find a user' }).fill('nobody has this name');
  await expect(page.getByText('No user matches.')).toBeVisible();
  await picture(page, 'directory-no-match');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('searchbox', { name: 'Find a user' }).fill('susan.pereira');
  await page.getByRole('link', { name: 'Susan Pereira' }).click();
  await heading(page, 'Susan Pereira');
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
  await pictures(page, 'directory-user');

  await page.goto(`${gatehouse.url}/directory/groups`);
  await expect(page.getByRole('grid', { name: 'Groups' }).getByRole('row').nth(5)).toBeVisible();
  await pictures(page, 'directory-groups');
  await page.getByRole('link', { name: 'APAC Sales Team' }).click();
  await heading(page, 'APAC Sales Team');
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
  await pictures(page, 'directory-group');

  await api.call(endpoints.createAccount, { body: support });
  await page.goto(`${gatehouse.url}/settings/accounts`);
  await expect(page.getByRole('row', { name: /Sam Support/ })).toBeVisible();
  await pictures(page, 'settings-accounts');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'settings-account-new');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Change password' }).scrollIntoViewIfNeeded();
  await page.getByLabel('Current password').fill('not mine');
  await page.getByLabel('New password').fill('granite pillow orbit seven');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true');
  await picture(page, 'settings-password-refused');
  await page.goto(`${gatehouse.url}/settings/audit`);
  await page.getByRole('button', { name: 'Show details of entry 2' }).click();
  await pictures(page, 'settings-audit');

  const colleague = new StaffApi(gatehouse);
  await colleague.signIn(support);
  await colleague.lendSession(context);
  await page.goto(gatehouse.url);
  await heading(page, 'System & Support');
  const menu = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
  await expect(menu).toHaveText(['System & Support', 'Settings']);
  await picture(page, 'support-home');
  await page.goto(`${gatehouse.url}/connectors`);
  await expect(page.getByText('The connectors cannot be shown')).toBeVisible();
  await picture(page, 'support-not-allowed');
  await menu.filter({ hasText: 'Settings' }).click();
  await expect(page.getByLabel('Current password')).toBeVisible();
  await picture(page, 'support-settings');
});

test('the rehearsal’s console', async ({ page, gatehouse }) => {
  const { rehearsal, rehearsalUrl } = gatehouse;
  await rehearsal.faults.set({ kind: 'slow', milliseconds: 200 });
  const token = await rehearsal.tokens.create({ name: 'gatehouse', owner: 'read-only-admin' });
  const person = await rehearsal.people.get('susan.pereira@rehearsal.example');
  const group = (await rehearsal.groups.list({ query: 'APAC Sales Team' })).items[0];
  const pages = {
    home: '',
    api: '/security/api',
    tokens: '/security/api/tokens',
    'token-new': '/security/api/tokens/new',
    'token-revoke': `/security/api/tokens/${token.id}/revoke`,
    people: '/people',
    'person-new': '/people/new',
    person: `/people/${person.id}`,
    'person-deactivate': `/people/${person.id}/deactivate`,
    groups: '/groups',
    group: `/groups/${group?.id}`,
    faults: '/faults',
    calls: '/calls',
    organization: '/organization',
  };
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${rehearsalUrl}/console${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await (name === 'people' || name === 'faults' ? pictures : picture)(page, `rehearsal-${name}`);
  }
  await page.goto(`${rehearsalUrl}/console/security/api/tokens/new`);
  await page.getByLabel('What do you want your token to be named?').fill('gatehouse');
  await page.getByRole('button', { name: 'Create token' }).click();
  await expect(page.getByLabel('Token Value')).toBeVisible();
  await picture(page, 'rehearsal-token-created');
});
