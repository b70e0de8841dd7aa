import type { PersonView } from '@gatehouse/rehearsal/control/control-types';
import type { Page } from '@playwright/test';
import type { Gatehouse } from '../fixtures/gatehouse.ts';
import { expect } from '../fixtures/test.ts';
import { attribute, directoryCounts, inMain, open, runCount } from './screen.ts';
import { runMs } from './sync-with-review.ts';

/** Longest wait for the schedule's next minute. */
const nextMinuteMs = 70_000;

export type Changed = { renamed: string; suspended: string; deactivated: string; deleted: string };

export async function changeOkta(page: Page, gatehouse: Gatehouse): Promise<Changed> {
  const { rehearsal } = gatehouse;
  const [renamed, suspended, deactivated, deleted] = await plainPeople(gatehouse);
  const group = (await rehearsal.groups.list({ query: 'Nordics Sales Readers' })).items[0];
  if (!renamed || !suspended || !deactivated || !deleted || !group) throw new Error('The org lacks these.');

  const okta = await page.context().newPage();
  async function openPerson({ id, profile }: PersonView): Promise<void> {
    await okta.goto(`${gatehouse.rehearsalUrl}/console`);
    await okta.getByRole('link', { name: 'People' }).click();
    await okta.getByLabel('Name, username, email or id').fill(String(profile.login));
    await okta.getByRole('button', { name: 'Search' }).click();
    await okta.locator(`a[href$="${id}"]`).click();
  }

  await openPerson(renamed);
  await okta.getByLabel('Last name').fill('Newname');
  await okta.getByLabel('Display name').fill(`${renamed.profile.firstName} Newname`);
  await okta.getByRole('button', { name: 'Save' }).click();
  await expect(okta.getByRole('status')).toContainText('The profile is saved');

  await openPerson(suspended);
  await okta.getByRole('button', { name: 'Suspend' }).click();
  await expect(okta.getByRole('status')).toContainText('suspended');

  for (const person of [deactivated, deleted]) {
    await openPerson(person);
    await okta.getByRole('link', { name: 'Deactivate' }).click();
    await okta.getByRole('button', { name: 'Deactivate' }).click();
    await expect(okta.getByRole('status')).toContainText('deactivated');
  }
  await okta.getByRole('link', { name: 'Delete' }).click();
  await okta.getByRole('button', { name: 'Delete' }).click();
  await expect(okta.getByRole('status')).toContainText('deleted for good');

  await okta.getByRole('link', { name: 'Groups' }).click();
  await okta.getByRole('link', { name: group.profile.name, exact: true }).click();
  await okta.getByLabel('Name', { exact: true }).fill('Nordics crew');
  await okta.getByRole('button', { name: 'Save' }).click();
  await expect(okta.getByRole('heading', { name: 'Nordics crew' })).toBeVisible();
  await okta.getByLabel('Username or id of a person to add').fill(renamed.profile.login);
  await okta.getByRole('button', { name: 'Add person' }).click();
  await expect(okta.getByRole('status')).toBeVisible();
  await okta.close();
  return {
    renamed: `${renamed.profile.firstName} Newname`,
    suspended: nameOf(suspended),
    deactivated: nameOf(deactivated),
    deleted: nameOf(deleted),
  };
}

export async function seeChanges(page: Page, changed: Changed): Promise<void> {
  await open(page, 'User Sync');
  await page.getByRole('button', { name: 'Simulate Workforce' }).click();
  await page.getByRole('link', { name: 'Review 5 changes' }).click({ timeout: runMs });

  const grid = page.getByRole('grid', { name: 'Changes' });
  await expect(grid).toHaveAttribute('aria-rowcount', '5');
  const row = (name: string) => grid.getByRole('row').filter({ hasText: name });
  await expect(row(changed.renamed)).toContainText(/modified.*\+1.*Changed in Okta/);
  await expect(row(changed.suspended)).toContainText(/cleaned up.*Suspended in Okta/);
  await expect(row(changed.deactivated)).toContainText(/cleaned up.*Deactivated in Okta/);
  await expect(row(changed.deleted)).toContainText(/cleaned up.*Deleted in Okta/);

  await row(changed.renamed).click();
  const details = page.getByRole('complementary', { name: `Details of ${changed.renamed}` });
  await expect(attribute(details, 'Last name')).toContainText(/before.*after.*Newname/);

  await inMain(page, /^Groups 3$/).click();
  await expect(grid.getByRole('row').filter({ hasText: 'Nordics crew' })).toContainText('modified');
}

export async function waitForSchedule(page: Page, changed: Changed): Promise<number> {
  await open(page, 'User Sync');
  await page.getByRole('link', { name: 'Edit Workforce' }).click();
  await page.getByRole('link', { name: 'Sync Settings' }).click();
  await page.getByRole('button', { name: 'Edit cron expression' }).click();
  await page.getByLabel('Cron expression').fill('* * * * *');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(inMain(page, /All changes saved/)).toBeVisible();

  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  const scheduled = page.getByRole('row').filter({ hasText: 'full sync, scheduled' }).first();
  await expect(scheduled).toContainText('Applied', { timeout: nextMinuteMs });

  await page.getByRole('link', { name: 'Sync Settings' }).click();
  await page.getByRole('switch', { name: 'Enable Scheduled Synchronization' }).uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(inMain(page, /All changes saved/)).toBeVisible();
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: /Queued|Reading|Planning|Applying/ })).toHaveCount(0, {
    timeout: runMs,
  });

  await open(page, 'Directory');
  await page.getByRole('searchbox', { name: 'Find a user' }).fill(changed.deleted);
  await expect(page.getByRole('grid', { name: 'Users' }).getByRole('row').nth(1)).toContainText('Disabled');
  return await runCount(page);
}

export async function restart(
  page: Page,
  gatehouse: Gatehouse,
  changed: Changed,
  runs: number,
): Promise<void> {
  await gatehouse.restart();
  expect(gatehouse.output).not.toContain('Set it up');
  await page.reload();

  await open(page, 'User Sync');
  await expect(page.getByRole('row', { name: /Workforce/ })).toContainText('Up to date');
  expect(await runCount(page)).toBe(runs);
  await open(page, 'Directory');
  await page.getByRole('searchbox', { name: 'Find a user' }).fill('Newname');
  await expect(page.getByRole('link', { name: changed.renamed })).toBeVisible();
  expect(await directoryCounts(page)).toEqual({ users: 410, groups: 37 });

  await open(page, 'User Sync');
  await page.getByRole('button', { name: 'Simulate Workforce' }).click();
  await expect(inMain(page, 'Nothing to do. No user and no group differs.')).toBeVisible({ timeout: runMs });
}

async function plainPeople({ rehearsal }: Gatehouse): Promise<PersonView[]> {
  const { items } = await rehearsal.people.list({ status: 'ACTIVE', limit: 200 });
  const plain = items.filter(
    (person, index) =>
      index > 2 &&
      /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(nameOf(person)) &&
      items.every((other) => other === person || nameOf(other) !== nameOf(person)),
  );
  return plain.slice(0, 4);
}

function nameOf({ profile }: PersonView): string {
  return `${profile.firstName} ${profile.lastName}`;
}
