import type { Connector } from '@gatehouse/contracts/connector';
import { endpoints } from '@gatehouse/contracts/endpoints';
import type { PersonView } from '@gatehouse/rehearsal/control/control-types';
import type { Page } from '@playwright/test';
import type { Gatehouse } from './fixtures/gatehouse.ts';
import { touchUsers } from './fixtures/meanwhile.ts';
import { picture, pictures } from './fixtures/picture.ts';
import { StaffApi } from './fixtures/staff-api.ts';
import { applyToEnd, makeConnector, runToEnd } from './fixtures/state.ts';
import { expect, test, useGatehouse } from './fixtures/test.ts';

useGatehouse('test');
test.describe.configure({ timeout: 120_000 });
// The pictures tell more than a trace, which takes a fifth of the time.
test.use({ trace: 'off' });

type Scene = { api: StaffApi; connector: Connector };

async function arrange(page: Page, gatehouse: Gatehouse): Promise<Scene> {
  const api = await StaffApi.setUp(gatehouse);
  await api.lendSession(page.context());
  return { api, connector: await makeConnector(gatehouse, api, { name: 'Acme workforce' }) };
}

async function start(api: StaffApi, connectorId: string): Promise<number> {
  const run = await api.call(endpoints.startRun, { params: { connectorId }, body: { intent: 'simulate' } });
  return run.id;
}

async function cancel(api: StaffApi, runId: number): Promise<void> {
  await api.call(endpoints.cancelRun, { params: { runId } });
  await api.finished(runId);
}

async function openReview(page: Page, gatehouse: Gatehouse, runId: number, query = ''): Promise<void> {
  await page.goto(`${gatehouse.url}/runs/${runId}/review${query}`);
  await expect(page.getByRole('group', { name: 'Changes by operation' })).toBeVisible();
}

/** Waits for the first row of the list, so that no picture shows grey bars. */
async function firstRow(page: Page, text: string | RegExp): Promise<void> {
  await expect(page.getByRole('grid', { name: 'Changes' }).getByRole('row').nth(1)).toContainText(text);
}

test('runs on their way, failed and cancelled', async ({ page, gatehouse }) => {
  const { api, connector } = await arrange(page, gatehouse);
  const { faults } = gatehouse.rehearsal;

  await faults.set({ kind: 'slow', milliseconds: 2000 });
  const reading = await start(api, connector.id);
  await page.goto(`${gatehouse.url}/runs/${reading}`);
  await expect(page.getByRole('row', { name: /^Users/ })).toContainText(/[1-9]/);
  await pictures(page, 'run-reading');
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'run-cancel');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByText('This run was cancelled.')).toBeVisible();
  await picture(page, 'run-cancelled');
  await faults.clearAll();

  await faults.set({ kind: 'expired-token', skip: 6 });
  const failed = await start(api, connector.id);
  await api.finished(failed);
  await page.goto(`${gatehouse.url}/runs/${failed}`);
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await pictures(page, 'run-failed');
  await page.goto(`${gatehouse.url}/runs/${failed}/review`);
  await expect(page.getByRole('heading', { name: 'This run has no plan' })).toBeVisible();
  await picture(page, 'review-no-plan');

  await page.goto(`${gatehouse.url}/connectors`);
  await expect(page.getByRole('row', { name: /Acme workforce/ })).toBeVisible();
  await picture(page, 'connectors-failed');
  await faults.clearAll();

  await faults.set({ kind: 'rate-limit-storm', calls: 3, resetSeconds: 60 });
  const waiting = await start(api, connector.id);
  await page.goto(`${gatehouse.url}/runs/${waiting}`);
  await expect(page.getByText(/Waiting for Okta’s rate limit\. Goes on at/).first()).toBeVisible();
  await pictures(page, 'run-waiting');
  await cancel(api, waiting);
});

test('the review of a first simulation, and what applying it did', async ({ page, gatehouse }) => {
  const { api, connector } = await arrange(page, gatehouse);
  const simulation = await runToEnd(api, connector.id);

  await page.goto(`${gatehouse.url}/runs/${simulation.id}`);
  await expect(page.getByRole('link', { name: /^Review / })).toBeVisible();
  await pictures(page, 'run-simulated');

  await openReview(page, gatehouse, simulation.id);
  await firstRow(page, 'added');
  await pictures(page, 'review-first');
  await page.getByRole('button', { name: 'Filters' }).click();
  await picture(page, 'review-filters');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  await picture(page, 'review-export');
  await page.keyboard.press('Escape');
  await openReview(page, gatehouse, simulation.id, '?category=filtered');
  await firstRow(page, 'Not active in Okta');
  await picture(page, 'review-filtered');
  await openReview(page, gatehouse, simulation.id, '?subject=group&category=failed');
  await firstRow(page, 'Name taken');
  await page.getByRole('grid', { name: 'Changes' }).getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary', { name: /^Details of/ })).toContainText('name');
  await picture(page, 'review-group-failed');
  await openReview(page, gatehouse, simulation.id, '?search=nobody%20of%20this%20name');
  await expect(page.getByText('No user matches.')).toBeVisible();
  await picture(page, 'review-no-match');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Apply exactly this plan' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await pictures(page, 'review-apply');

  const applied = await applyToEnd(api, simulation.id);
  await page.goto(`${gatehouse.url}/runs/${applied.id}`);
  await expect(page.getByText(/410 users added/)).toBeVisible();
  await pictures(page, 'run-applied');
  const again = await runToEnd(api, connector.id);
  await page.goto(`${gatehouse.url}/runs/${again.id}`);
  await expect(page.getByText('Nothing to do. No user and no group differs.')).toBeVisible();
  await picture(page, 'run-nothing-to-do');
  await openReview(page, gatehouse, again.id);
  await expect(page.getByRole('heading', { name: 'Nothing to do' })).toBeVisible();
  await pictures(page, 'review-nothing-to-do');
});

test('the review of a later simulation', async ({ page, gatehouse }) => {
  const { api, connector } = await arrange(page, gatehouse);
  await runToEnd(api, connector.id, 'apply');
  const changed = await letADayPass(gatehouse);
  const simulation = await runToEnd(api, connector.id);

  await openReview(page, gatehouse, simulation.id);
  await firstRow(page, /./);
  await pictures(page, 'review-later');
  await openReview(page, gatehouse, simulation.id, await rowQuery(api, simulation.id, changed));
  await expect(page.getByRole('region', { name: 'Attributes' })).toContainText('Vandermeer');
  await pictures(page, 'review-details');
  await openReview(page, gatehouse, simulation.id, '?category=not-modified');
  await firstRow(page, 'not modified');
  await page.getByRole('grid', { name: 'Changes' }).getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary', { name: /^Details of/ })).toContainText('Open the user');
  await picture(page, 'review-not-modified');
  await openReview(page, gatehouse, simulation.id, '?category=cleaned-up');
  await firstRow(page, 'cleaned up');
  await page.getByRole('grid', { name: 'Changes' }).getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary', { name: /^Details of/ })).toContainText('in Okta');
  await picture(page, 'review-cleaned-up');

  touchUsers(gatehouse, [changed.id]);
  await openReview(page, gatehouse, simulation.id);
  await expect(page.getByText(/1 row differs/)).toBeVisible();
  await picture(page, 'review-drifting');
  const applied = await applyToEnd(api, simulation.id);
  await page.goto(`${gatehouse.url}/runs/${applied.id}`);
  await expect(page.getByRole('link', { name: 'See 1 drifted row' })).toBeVisible();
  await picture(page, 'run-drifted');
  await page.getByRole('link', { name: 'See 1 drifted row' }).click();
  await firstRow(page, 'drifted');
  await page.getByRole('grid', { name: 'Changes' }).getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary', { name: /^Details of/ })).toContainText('skipped');
  await picture(page, 'review-drifted');
  await page.goto(`${gatehouse.url}/connectors/${connector.id}/runs`);
  await expect(page.getByRole('row', { name: /#3/ })).toBeVisible();
  await pictures(page, 'runs');
  await page.goto(gatehouse.url);
  await expect(page.getByRole('region', { name: 'Last sync' })).toBeVisible();
  await pictures(page, 'overview-done');
  await page.goto(`${gatehouse.url}/connectors`);
  await expect(page.getByRole('row', { name: /Acme workforce/ })).toBeVisible();
  await pictures(page, 'connectors');

  await gatehouse.rehearsal.people.edit(changed.id, { lastName: 'Vandermeer-Ross' });
  const stale = await runToEnd(api, connector.id);
  const { settings, name, settingsVersion } = await api.call(endpoints.getConnector, {
    params: { connectorId: connector.id },
  });
  const value = { expression: '0 */4 * * *', dialect: 'unix', timeZone: 'Europe/Berlin' } as const;
  await api.call(endpoints.changeConnector, {
    params: { connectorId: connector.id },
    body: {
      expectedVersion: settingsVersion,
      name,
      settings: { ...settings, schedule: { enabled: true, value } },
    },
  });
  await openReview(page, gatehouse, stale.id);
  await expect(page.getByText('This plan cannot be applied any more.')).toBeVisible();
  await picture(page, 'review-stale-settings');
});

test('a held plan', async ({ page, gatehouse }) => {
  const { api, connector } = await arrange(page, gatehouse);
  await runToEnd(api, connector.id, 'apply');
  await gatehouse.rehearsal.faults.set({ kind: 'narrowed-owner', share: 0.2 });
  const held = await runToEnd(api, connector.id, 'apply');
  expect(held.state).toBe('held');

  await page.goto(`${gatehouse.url}/runs/${held.id}`);
  await expect(page.getByRole('link', { name: 'Review the held plan' })).toBeVisible();
  await pictures(page, 'run-held');
  await openReview(page, gatehouse, held.id);
  await firstRow(page, /./);
  await pictures(page, 'review-held');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'review-discard');
  await page.goto(gatehouse.url);
  await expect(page.getByRole('link', { name: /^Review/ }).first()).toBeVisible();
  await pictures(page, 'overview-held');
  await page.goto(`${gatehouse.url}/connectors`);
  await expect(page.getByText(/held/).first()).toBeVisible();
  await pictures(page, 'connectors-held');
});

/** The part of the address that opens a person's row in the list of all changes. */
async function rowQuery(api: StaffApi, runId: number, { profile }: PersonView): Promise<string> {
  const { items } = await api.call(endpoints.listChanges, { params: { runId }, query: { limit: 200 } });
  const at = items.findIndex(({ username }) => username === profile.login);
  return `?row=${items[at]?.key}&at=${at}`;
}

/** People and groups change as on a busy day; one of them gets a new last name. */
async function letADayPass({ rehearsal }: Gatehouse): Promise<PersonView> {
  await rehearsal.mutate({ seed: 3 });
  const { items } = await rehearsal.people.list({ status: 'ACTIVE', limit: 200 });
  const person = items.find(({ profile }, index) => index > 20 && /^[a-z]+\.[a-z]+@/.test(profile.login));
  if (person === undefined) throw new Error('The org has no such person.');
  const name = `${person.profile.firstName} Vandermeer`;
  return await rehearsal.people.edit(person.id, { lastName: 'Vandermeer', displayName: name });
}
