import { endpoints } from '@gatehouse/contracts/endpoints';
import type { IdpSettings } from '@gatehouse/contracts/idp';
import { freePorts } from './fixtures/free-ports.ts';
import { importMetadata, makeDraft } from './fixtures/login-state.ts';
import { OddProvider } from './fixtures/odd-provider.ts';
import { test as base, smallOrganization } from './fixtures/own-connector.ts';
import { expect, useGatehouse } from './fixtures/test.ts';
import { rowGroups } from './import-repairs/coverage.ts';
import { type Addresses, ImportBench } from './import-repairs/import-bench.ts';
import { buttonNames, type RepairRow } from './import-repairs/repair-row.ts';

const [providerPort = 0, plainPort = 0, closedPort = 0] = await freePorts(3);
const provider = new OddProvider(providerPort);
const withoutTls = new OddProvider(plainPort);
const addresses: Addresses = {
  closed: `127.0.0.1:${closedPort}`,
  withoutTls: `127.0.0.1:${plainPort}`,
  blocked: '127.0.0.1:1',
};

useGatehouse('file', {
  ...smallOrganization,
  OUTBOUND_ALLOW: [provider.url, `http://${addresses.closed}`, `https://${addresses.withoutTls}`].join(','),
});

const otherProvider: Partial<IdpSettings> = { preset: 'oidc', domain: '', issuer: provider.url };

type Options = { settings: Partial<IdpSettings> };

/** A draft of its own at the step *Credentials*, imported once; it is discarded afterwards. */
const test = base.extend<{ bench: ImportBench } & Options>({
  settings: [{}, { option: true }],
  bench: async ({ page, gatehouse, api, settings }, use) => {
    const { draft, app } = await makeDraft(gatehouse, api, { name: 'Acme', ...settings });
    await importMetadata(api, draft.id);
    const bench = new ImportBench({ page, gatehouse, api, provider, draft, app, addresses });
    await bench.open();
    await bench.expectSuccess();
    await use(bench);
    await bench.clearFaults();
    await api.call(endpoints.removeIdp, { params: { idpId: draft.id }, body: { confirmName: '' } });
  },
});

test.beforeAll(() => Promise.all([provider.start(), withoutTls.start()]));
test.afterAll(() => Promise.all([provider.end(), withoutTls.end()]));

async function walk(bench: ImportBench, row: RepairRow): Promise<void> {
  await row.provoke(bench);
  await bench.importButton.click();
  await bench.expectProblem(row);

  const button = bench.line(row.check).getByRole('button').first();
  await expect(button).toHaveAccessibleName(buttonNames[row.leadsTo]);
  if (row.leadsTo === 'again') {
    await row.repair(bench);
    await button.click();
  } else {
    await button.click();
    if (row.leadsTo !== 'callback-url') await expect(bench.field(row.leadsTo)).toBeFocused();
    await row.repair(bench);
    await bench.importButton.click();
  }
  await bench.expectSuccess();
}

for (const [group, rows] of Object.entries(rowGroups)) {
  test.describe(group, () => {
    if (group === 'another provider') {
      test.use({ settings: otherProvider });
    }

    test('each failure says what to do, and passes once it is done', async ({ bench }) => {
      test.setTimeout(120_000);
      for (const row of rows) {
        await test.step([row.code, row.cause].filter(Boolean).join(': '), () => walk(bench, row));
      }
    });
  });
}

test.describe('a paste', () => {
  test('of any address of the org is understood', async ({ bench }) => {
    const { rehearsalUrl } = bench.gatehouse;
    const defaultServer = `${rehearsalUrl}/oauth2/default`;
    const pastes = [
      [`${rehearsalUrl}/admin/apps/active`, rehearsalUrl],
      [`${rehearsalUrl}/.well-known/openid-configuration`, rehearsalUrl],
      [defaultServer, defaultServer],
      [`${defaultServer}/.well-known/openid-configuration`, defaultServer],
    ] as const;

    for (const [paste, issuer] of pastes) {
      await bench.fill('domain', paste);
      if (issuer === defaultServer) await bench.typeSecret(bench.secret);
      await bench.importButton.click();
      await bench.expectSuccess();
      await expect(bench.imported(issuer)).toBeVisible();
      await expect(bench.field('domain')).toHaveValue(bench.rehearsalHost);
      if (issuer === defaultServer) await expect(bench.field('issuer')).toHaveValue(issuer);
    }

    await bench.fill('domain', 'https://Acme-Admin.okta.com/admin/app/oidc_client/instance/0oa1');
    await bench.field('domain').blur();
    await expect(bench.field('domain')).toHaveValue('acme.okta.com');
  });

  test('of a custom authorization server’s issuer or metadata is understood', async ({ bench }) => {
    const issuer = `${bench.gatehouse.rehearsalUrl}/oauth2/default`;

    await bench.fill('issuer', `${issuer}/.well-known/openid-configuration`);
    await bench.typeSecret(bench.secret);
    await bench.importButton.click();

    await expect(bench.imported(issuer)).toBeVisible();
    await expect(bench.field('issuer')).toHaveValue(issuer);
    await expect(bench.page.getByText('Removed /.well-known/openid-configuration')).toBeVisible();
  });

  test('that is no address is refused at its field, and nothing is imported', async ({ bench }) => {
    const before = await bench.finishedImport();
    const refused = [
      ['domain', 'not a host', /is not a host name/, bench.rehearsalHost],
      ['issuer', 'http://acme.okta.com/oauth2/default', /begins with https/, ''],
      ['issuer', 'https://other.okta.com/oauth2/default', /The issuer is on other\.okta\.com/, ''],
    ] as const;

    for (const [field, paste, why, good] of refused) {
      await bench.fill(field, paste);
      await bench.importButton.click();
      await expect(bench.field(field)).toHaveAttribute('aria-invalid', 'true');
      await expect(bench.field(field)).toHaveAccessibleDescription(why);
      await expect(bench.field(field)).toHaveValue(paste);
      await bench.fill(field, good);
    }
    expect((await bench.finishedImport()).startedAt).toBe(before.startedAt);
  });
});

test('a client secret is never shown again', async ({ bench, page }) => {
  const secrets = ['canary-of-a-wrong-secret', bench.secret];
  const answers: Promise<string>[] = [];
  page.on('response', (answer) => {
    if (new URL(answer.url()).pathname.startsWith('/api/idps')) answers.push(answer.text().catch(() => ''));
  });

  for (const secret of secrets) {
    await bench.typeSecret(secret);
    await bench.importButton.click();
    await expect(bench.field('clientSecret')).toBeHidden();
    await bench.finishedImport();
    await page.reload();
    await expect(page.getByRole('group', { name: 'Client secret' })).toContainText(/^Set /);
    const show = page.getByRole('button', { name: 'Show the answer' });
    if (secret !== bench.secret) await show.click();
    expect(await page.content()).not.toContain(secret);
  }

  const texts = await Promise.all(answers);
  expect(texts.join('')).toContain('invalid_client');
  for (const secret of secrets) expect(texts.join('')).not.toContain(secret);
});

test.describe('an import that is under way', () => {
  test.use({ settings: otherProvider });

  test('keeps its checklist through a reload', async ({ bench, page }) => {
    const goOn = bench.holdProvider();
    await bench.importButton.click();
    await expect(bench.line('name-resolves')).toHaveAttribute('data-state', 'running');

    await page.reload();

    await expect(bench.line('domain-understood')).toHaveAttribute('data-state', 'passed');
    await expect(bench.line('name-resolves')).toHaveAttribute('data-state', 'running');
    await expect(page.getByText('Import successful')).toHaveCount(0);
    goOn();
    await bench.expectSuccess();
  });

  test('is the one that whoever else asks for gets', async ({ bench, api }) => {
    const goOn = bench.holdProvider();
    await bench.importButton.dblclick();
    await expect(bench.line('name-resolves')).toHaveAttribute('data-state', 'running');

    const params = { idpId: bench.draft.id };
    const again = await api.call(endpoints.importMetadata, { params });
    goOn();
    await bench.expectSuccess();

    expect((await bench.finishedImport()).startedAt).toBe(again.startedAt);
    expect(provider.timesAsked('/.well-known/openid-configuration')).toBe(1);
  });
});
