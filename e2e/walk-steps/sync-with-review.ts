import type { Page } from '@playwright/test';
import type { Gatehouse } from '../fixtures/gatehouse.ts';
import { expect } from '../fixtures/test.ts';
import { attribute, directoryCounts, inMain, open } from './screen.ts';

/** Longest wait for a run of the rehearsal's 500 people. */
export const runMs = 30_000;

export async function simulate(page: Page, gatehouse: Gatehouse): Promise<void> {
  await gatehouse.rehearsal.faults.set({ kind: 'slow', milliseconds: 150 });
  await page.getByRole('button', { name: 'Simulate' }).click();
  await expect(page.getByRole('heading', { name: 'Run #1' })).toBeVisible();
  const stages = page.getByRole('list', { name: 'Stages of the run' });
  await expect(stages.getByRole('listitem').filter({ hasText: 'Reading Okta' })).toContainText('running');
  await expect(inMain(page, 'Nothing is written yet').first()).toBeVisible();
  const users = page.getByRole('table', { name: 'Pages and rows read' }).getByRole('row', { name: /^Users/ });
  await expect(users).toContainText(/[1-9]/);
  await gatehouse.rehearsal.faults.clearAll();

  await expect(inMain(page, 'The plan has 447 changes.')).toBeVisible({ timeout: runMs });
  await expect(inMain(page, 'Nothing was written: this was a simulation.')).toBeVisible();
  expect(await directoryCounts(page)).toEqual({ users: 0, groups: 0 });
  await page.getByRole('link', { name: 'Review 447 changes' }).click();
}

export async function review(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Review of simulation #1' })).toBeVisible();
  const operations = page.getByRole('group', { name: 'Changes by operation' });
  for (const count of [
    '410 added',
    '0 modified',
    '0 not modified',
    '0 cleaned up',
    '0 failed',
    '41 filtered',
  ]) {
    await expect(operations.getByRole('button', { name: count })).toBeVisible();
  }
  const grid = page.getByRole('grid', { name: 'Changes' });
  await expect(grid).toHaveAttribute('aria-rowcount', '411');

  await page.getByRole('searchbox', { name: 'Find a user' }).fill('susan.pereira');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('searchbox', { name: 'Find a user' }).clear();

  await operations.getByRole('button', { name: '41 filtered' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '42');
  await expect(grid.getByRole('row').nth(1)).toContainText('Not active in Okta');
  await operations.getByRole('button', { name: 'all changes' }).click();

  const facet = page.getByRole('region', { name: 'Groups' }).getByRole('button').first();
  const [, members = ''] = /(\d+)$/.exec((await facet.textContent()) ?? '') ?? [];
  await facet.click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(Number(members) + 1));
  await facet.click();
  await expect(grid).toHaveAttribute('aria-rowcount', '411');

  await page.getByRole('searchbox', { name: 'Find a user' }).fill('susan.pereira');
  await grid.getByRole('row', { name: /Susan Pereira/ }).click();
  const details = page.getByRole('complementary', { name: 'Details of Susan Pereira' });
  await expect(details).toContainText('New in Okta.');
  await expect(attribute(details, 'E-mail')).toContainText('susan.pereira@rehearsal.example');
  await page.keyboard.press('Escape');

  await page.getByRole('searchbox', { name: 'Find a user' }).clear();
  await inMain(page, /^Groups 39$/).click();
  await operations.getByRole('button', { name: '2 failed' }).click();
  await expect(grid.getByRole('row').nth(1)).toContainText('Name taken');
}

export async function apply(page: Page): Promise<void> {
  expect(await directoryCounts(page)).toEqual({ users: 0, groups: 0 });
  await page.getByRole('button', { name: 'Apply exactly this plan' }).click();
  const question = page.getByRole('dialog', { name: 'Apply 447 changes?' });
  await expect(question).toContainText('410 users added.');
  await question.getByRole('button', { name: 'Apply 447 changes' }).click();

  await expect(page.getByRole('heading', { name: 'Run #2' })).toBeVisible();
  await expect(inMain(page, '410 users added, 37 groups added.')).toBeVisible({ timeout: runMs });
  expect(await directoryCounts(page)).toEqual({ users: 410, groups: 37 });
}

export async function nothingToDo(page: Page): Promise<void> {
  await open(page, 'User Sync');
  await page.getByRole('button', { name: 'Simulate Workforce' }).click();
  await expect(inMain(page, 'Nothing to do. No user and no group differs.')).toBeVisible({ timeout: runMs });
  await expect(inMain(page, '2 groups failed: nothing of them is written.')).toBeVisible();
  await page.getByRole('link', { name: 'Open the review' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to do' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Apply exactly this plan' })).toBeHidden();
}

export async function sync(page: Page): Promise<void> {
  await open(page, 'User Sync');
  await page.getByRole('button', { name: 'Sync Workforce' }).click();
  await page
    .getByRole('dialog', { name: 'Sync Workforce now?' })
    .getByRole('button', { name: 'Sync now' })
    .click();
  await expect(inMain(page, 'Nothing differed, nothing was written.')).toBeVisible({ timeout: runMs });

  await open(page, 'Directory');
  const users = page.getByRole('grid', { name: 'Users' });
  await expect(users).toHaveAttribute('aria-rowcount', '411');
  await page.getByRole('searchbox', { name: 'Find a user' }).fill('susan.pereira');
  await users.getByRole('link', { name: 'Susan Pereira' }).click();
  await expect(page.getByRole('heading', { name: 'Susan Pereira' })).toBeVisible();
  await page.getByRole('link', { name: 'Directory' }).first().click();
  await page.getByRole('link', { name: 'Groups', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Groups' })).toHaveAttribute('aria-rowcount', '38');
}
