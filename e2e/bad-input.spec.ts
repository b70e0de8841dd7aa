import type { Page } from '@playwright/test';
import { connectorsOf, smallOrganization, test } from './fixtures/own-connector.ts';
import { expect, useGatehouse } from './fixtures/test.ts';

useGatehouse('file', smallOrganization);

async function openNewConnector(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/connectors/new`);
  const okta = page.getByRole('button', { name: /^Okta/ });
  await expect(okta.or(page.getByLabel('Okta domain'))).toBeVisible();
  if (await okta.isVisible()) await okta.click();
}

test.describe('a form', () => {
  const pastes = [
    ['https://Acme-Admin.okta.com/admin/apps', 'acme.okta.com', 'https://, -Admin and /admin/apps'],
    ['  ACME.OKTAPREVIEW.COM/ ', 'acme.oktapreview.com', 'Removed /'],
    ['http://acme.okta-emea.com/?x=1#top', 'acme.okta-emea.com', 'http://'],
  ] as const;

  test('understands any paste of a domain and says what it removed', async ({ page, gatehouse, api: _ }) => {
    await openNewConnector(page, gatehouse.url);
    const domain = page.getByLabel('Okta domain');
    for (const [paste, value, removed] of pastes) {
      await domain.fill(paste);
      await domain.blur();
      await expect(domain).toHaveValue(value);
      await expect(page.getByRole('main').getByText(/^Removed/)).toContainText(removed);
    }
  });

  test('keeps what was typed through a reload, and asks before a token is lost', async ({
    page,
    gatehouse,
    api,
  }) => {
    await openNewConnector(page, gatehouse.url);
    await page.getByLabel('Name').fill('Typed before the reload');
    await page.getByLabel('Okta domain').fill('acme.okta.com');
    await page.reload();
    await expect(page.getByLabel('Name')).toHaveValue('Typed before the reload');
    await expect(page.getByLabel('Okta domain')).toHaveValue('acme.okta.com');

    await page.getByRole('textbox', { name: 'API token' }).fill('00-typed');
    await page.getByRole('link', { name: 'Directory' }).click();
    const question = page.getByRole('dialog', { name: 'Leave without saving 1 change?' });
    await question.getByRole('button', { name: 'Stay on this page' }).click();
    await expect(page.getByRole('textbox', { name: 'API token' })).toHaveValue('00-typed');
    expect(await connectorsOf(api)).toHaveLength(0);
  });

  test('asks before unsaved changes are left by a link and by Back', async ({
    page,
    gatehouse,
    api,
    connector,
  }) => {
    await page.goto(`${gatehouse.url}/connectors`);
    await page.getByRole('link', { name: 'Workforce', exact: true }).click();
    await page.getByLabel('Name').fill('Renamed');
    await page.getByRole('link', { name: 'Sync Settings' }).click();
    await expect(page.getByText('1 unsaved change')).toBeVisible();

    const question = page.getByRole('dialog', { name: 'Leave without saving 1 change?' });
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }).click();
    await question.getByRole('button', { name: 'Stay on this page' }).click();
    await page.getByRole('link', { name: 'Connection', exact: true }).click();
    await expect(page.getByLabel('Name')).toHaveValue('Renamed');

    await page.goBack();
    await page.goBack();
    await page.goBack();
    await question.getByRole('button', { name: 'Leave without saving' }).click();
    await expect(page.getByRole('heading', { name: 'User Sync' })).toBeVisible();
    const [stored] = await connectorsOf(api);
    expect(stored).toMatchObject({ name: 'Workforce', settingsVersion: connector.settingsVersion });
  });

  test('merges what two tabs changed, and loses neither', async ({
    page,
    gatehouse,
    api,
    connector,
    context,
  }) => {
    const other = await context.newPage();
    for (const tab of [page, other]) {
      await tab.goto(`${gatehouse.url}/connectors/${connector.id}/connection`);
      await expect(tab.getByLabel('Name')).toHaveValue('Workforce');
    }
    await other.getByRole('link', { name: 'Sync Settings' }).click();
    await other.getByRole('switch', { name: 'Enable Scheduled Synchronization' }).check();
    await page.getByLabel('Name').fill('Named in the first tab');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(/All changes saved/)).toBeVisible();

    await other.getByRole('button', { name: 'Save', exact: true }).click();
    const keep = other.getByRole('button', { name: 'Keep my changes on top' });
    await expect(keep).toBeVisible();
    await keep.click();
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(other.getByText(/All changes saved/)).toBeVisible();

    const [stored, ...rest] = await connectorsOf(api);
    expect(rest).toEqual([]);
    expect(stored).toMatchObject({
      name: 'Named in the first tab',
      settings: { schedule: { enabled: true } },
      settingsVersion: connector.settingsVersion + 1,
    });
  });

  test('keeps what was typed while the connection is lost, and saves it once', async ({
    page,
    gatehouse,
    api,
    connector,
    context,
  }) => {
    await page.goto(`${gatehouse.url}/connectors/${connector.id}/sync-settings`);
    await page.getByRole('switch', { name: 'Enable Scheduled Synchronization' }).check();
    await page.getByRole('button', { name: 'Edit cron expression' }).click();
    await page.getByLabel('Cron expression').fill('7 3 * * *');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('main').getByText(/Gatehouse does not answer/)).toBeVisible();
    await expect(page.getByLabel('Cron expression')).toHaveValue('7 3 * * *');

    await context.setOffline(false);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(/All changes saved/)).toBeVisible();
    const [stored] = await connectorsOf(api);
    expect(stored).toMatchObject({
      settings: { schedule: { enabled: true, value: { expression: '7 3 * * *' } } },
      settingsVersion: connector.settingsVersion + 1,
    });
  });

  test('creates nothing twice when the answer is lost on its way', async ({ page, gatehouse, api }) => {
    await openNewConnector(page, gatehouse.url);
    await page.getByLabel('Name').fill('Created once');
    await page.getByLabel('Okta domain').fill(gatehouse.rehearsalUrl);
    await page.route('**/api/connectors', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('main').getByText(/Gatehouse does not answer/)).toBeVisible();
    await page.unroute('**/api/connectors');

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Name')).toHaveValue('Created once');
    expect(await connectorsOf(api)).toHaveLength(1);
  });

  test('clears the token with the domain that it belongs to, and says why', async ({
    page,
    gatehouse,
    api,
    connector,
  }) => {
    await page.goto(`${gatehouse.url}/connectors/${connector.id}/connection`);
    await page.getByLabel('Okta domain').fill('acme.okta.com');
    await expect(page.getByText(/is never sent to another host/)).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('The API token was removed.')).toBeVisible();

    const [stored] = await connectorsOf(api);
    expect(stored).toMatchObject({ settings: { domain: 'acme.okta.com' }, apiToken: { set: false } });
  });

  test('refuses names that are empty, too long or taken, and shows markup as it is', async ({
    page,
    gatehouse,
    api,
    connector: _,
  }) => {
    const name = '<script>alert(1)</script>';
    page.on('dialog', () => {
      throw new Error('The name was run.');
    });
    await openNewConnector(page, gatehouse.url);
    await page.getByLabel('Okta domain').fill(gatehouse.rehearsalUrl);
    for (const refused of ['', 'x'.repeat(300), 'Workforce']) {
      await page.getByLabel('Name').fill(refused);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByLabel('Name')).toHaveValue(refused);
    }
    expect(await connectorsOf(api)).toHaveLength(1);

    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await page.goto(`${gatehouse.url}/connectors`);
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: `Simulate ${name}` })).toBeVisible();
  });
});

test.describe('a cron expression', () => {
  const refused = [
    ['that never fires', '0 0 31 2 *', /never runs/],
    ['that fires every second', '* * * * * ?', /once a minute|second/],
    ['of 100 kB', `${'1,'.repeat(50_000)}1 * * * *`, /100009 characters.*at most 200/],
    ['that is none', 'every now and then', /./],
  ] as const;

  for (const [name, expression, reason] of refused) {
    test(`${name} is refused at once with the reason`, async ({ page, gatehouse, api, connector }) => {
      await page.goto(`${gatehouse.url}/connectors/${connector.id}/sync-settings`);
      await page.getByRole('switch', { name: 'Enable Scheduled Synchronization' }).check();
      await page.getByRole('button', { name: 'Edit cron expression' }).click();
      const field = page.getByLabel('Cron expression');
      await field.fill(expression);

      await expect(field).toHaveAttribute('aria-invalid', 'true', { timeout: 2000 });
      await expect(field).toHaveAccessibleDescription(reason);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText(/unsaved change/)).toBeVisible();
      expect((await connectorsOf(api))[0]?.settings.schedule).toEqual({ enabled: false, value: null });
    });
  }
});
