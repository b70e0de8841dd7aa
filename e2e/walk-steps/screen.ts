import type { Locator, Page } from '@playwright/test';

export function inMain(page: Page, text: string | RegExp): Locator {
  return page.getByRole('main').getByText(text);
}

export async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
}

export function attribute(details: Locator, label: string): Locator {
  return details.getByRole('region', { name: 'Attributes' }).locator('> div').filter({ hasText: label });
}

export async function directoryCounts(page: Page): Promise<{ users: number; groups: number }> {
  return {
    users: await total(page, '/api/directory/users'),
    groups: await total(page, '/api/directory/groups'),
  };
}

export async function runCount(page: Page): Promise<number> {
  return await total(page, '/api/runs');
}

async function total(page: Page, path: string): Promise<number> {
  const answer = await page.request.get(`${new URL(page.url()).origin}${path}?limit=1`);
  return ((await answer.json()) as { total: number }).total;
}
