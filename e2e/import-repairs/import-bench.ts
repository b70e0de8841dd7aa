import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Idp, MetadataImport } from '@gatehouse/contracts/idp';
import { type ImportField, importCheckLabels } from '@gatehouse/contracts/import-codes';
import type { AppView } from '@gatehouse/rehearsal/control/control-types';
import type { Locator, Page } from '@playwright/test';
import type { Gatehouse } from '../fixtures/gatehouse.ts';
import type { OddProvider } from '../fixtures/odd-provider.ts';
import type { StaffApi } from '../fixtures/staff-api.ts';
import { expect } from '../fixtures/test.ts';
import type { RepairRow } from './repair-row.ts';

/** Longer than the slowest import: one call that is waited for to its end. */
const longestImportMs = 20_000;

type BenchParts = {
  page: Page;
  gatehouse: Gatehouse;
  api: StaffApi;
  provider: OddProvider;
  /** As it was when its metadata was imported for the first time. */
  draft: Idp;
  /** Registered for the draft. */
  app: AppView;
  addresses: Addresses;
};

/** Loopback hosts, as in a domain field. */
export type Addresses = {
  /** Allowed, and nobody listens. */
  readonly closed: string;
  /** Allowed by https, and whoever listens there knows no TLS. */
  readonly withoutTls: string;
  /** Not allowed. */
  readonly blocked: string;
};

/** The step *Credentials* of a draft in a browser, with the hands of whoever breaks and mends what is behind it. */
export class ImportBench {
  readonly page: Page;
  readonly gatehouse: Gatehouse;
  readonly api: StaffApi;
  readonly provider: OddProvider;
  readonly draft: Idp;
  readonly app: AppView;
  readonly addresses: Addresses;

  constructor({ page, gatehouse, api, provider, draft, app, addresses }: BenchParts) {
    this.page = page;
    this.gatehouse = gatehouse;
    this.api = api;
    this.provider = provider;
    this.draft = draft;
    this.app = app;
    this.addresses = addresses;
  }

  get rehearsalHost(): string {
    return new URL(this.gatehouse.rehearsalUrl).host;
  }

  get secret(): string {
    return this.app.clientSecret ?? '';
  }

  get importButton(): Locator {
    return this.page.getByRole('button', { name: 'Import Metadata' });
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.gatehouse.url}/idps/new/${this.draft.id}/credentials`);
    await expect(this.importButton).toBeVisible();
  }

  field(field: ImportField): Locator {
    const { page } = this;
    switch (field) {
      case 'domain':
        return page.getByRole('textbox', { name: 'Okta domain' });
      case 'issuer':
        return page.getByRole('textbox', { name: /^Issuer/ });
      case 'clientId':
        return page.getByRole('textbox', { name: 'Client ID' });
      case 'clientSecret':
        return page.getByRole('textbox', { name: 'Client secret' });
      case 'signingAlgorithm':
        return page.getByRole('combobox', { name: 'Signing algorithm' });
      case 'scopes':
        return page.getByRole('textbox', { name: 'Scopes besides openid' });
      case 'clientAuthentication':
        return page.getByRole('combobox', { name: 'Client authentication' });
    }
  }

  async fill(field: ImportField, value: string): Promise<void> {
    await this.unfold(field);
    await this.field(field).fill(value);
  }

  async choose(field: 'signingAlgorithm' | 'clientAuthentication', option: string): Promise<void> {
    await this.unfold(field);
    await this.field(field).click();
    await this.page.getByRole('option', { name: option }).click();
  }

  /** The stored one has no field before it is replaced. */
  async typeSecret(secret: string): Promise<void> {
    const replace = this.page
      .getByRole('group', { name: 'Client secret' })
      .getByRole('button', { name: 'Replace' });
    await expect(replace.or(this.field('clientSecret'))).toBeVisible();
    if (await replace.isVisible()) await replace.click();
    await this.field('clientSecret').fill(secret);
  }

  line(check: RepairRow['check']): Locator {
    const label = this.page.getByText(importCheckLabels[check], { exact: true });
    return this.page
      .getByRole('list', { name: 'Checks of the import' })
      .getByRole('listitem')
      .filter({ has: label });
  }

  async expectSuccess(): Promise<void> {
    const timeout = longestImportMs;
    await expect(this.page.getByText('What we saw')).toHaveCount(0, { timeout });
    await expect(this.page.getByText('Import successful').first()).toBeVisible({ timeout });
  }

  /** The sentence that names what was imported. */
  imported(issuer: string): Locator {
    return this.page.getByText(`Issuer ${issuer}, `);
  }

  /** What the line says, by the code and its own words. */
  async expectProblem(row: RepairRow): Promise<void> {
    const line = this.line(row.check);
    await expect(line.getByText('What we saw')).toBeVisible({ timeout: longestImportMs });
    await expect(line).toHaveAttribute('data-state', row.state);
    const { state, checks } = await this.finishedImport();
    expect(state).toBe(row.endsAs ?? row.state);

    const problem = checks.find(({ code }) => code === row.check)?.problem;
    expect(problem).toMatchObject({ code: row.code });
    expect(problem?.saw).toMatch(row.saw);
    expect(problem?.advice).toMatch(row.todo);
    await expect(line.getByRole('term')).toHaveText(['What we saw', 'Why it matters', 'What to do']);
    const { saw = '', matters = '', advice = '' } = problem ?? {};
    for (const words of [saw, matters, advice]) await expect(line).toContainText(words);
    await expect(this.page.getByText('Import successful').first()).toBeVisible({
      visible: state !== 'failed',
    });
  }

  async finishedImport(): Promise<MetadataImport> {
    const params = { idpId: this.draft.id };
    const until = Date.now() + longestImportMs;
    while (Date.now() < until) {
      const { import: last } = await this.api.call(endpoints.getMetadataImport, { params });
      if (last !== null && last.state !== 'running') return last;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The import was not over after ${longestImportMs} ms.`);
  }

  /** The other provider answers nobody until this is called. */
  holdProvider(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.provider.become({ waitsFor: promise });
    return resolve;
  }

  /** The app as it was registered, the provider and Okta as they should be. */
  async clearFaults(): Promise<void> {
    await this.gatehouse.rehearsal.loginFaults.clearAll();
    this.provider.become({});
  }

  /** Advanced fields are folded away until they are needed. */
  async unfold(field: ImportField): Promise<void> {
    if (!(await this.field(field).isVisible())) await this.page.getByText(/^Advanced:/).click();
    await expect(this.field(field)).toBeVisible();
  }
}
