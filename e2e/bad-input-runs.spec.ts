import { endpoints } from '@gatehouse/contracts/endpoints';
import type { Locator, Page } from '@playwright/test';
import { runsOf, smallOrganization, test } from './fixtures/own-connector.ts';
import { runToEnd } from './fixtures/state.ts';
import { expect, useGatehouse } from './fixtures/test.ts';

useGatehouse('file', smallOrganization);

test.describe('a run', () => {
  test('goes on through a reload', async ({ page, gatehouse, api, connector }) => {
    await gatehouse.rehearsal.faults.set({ kind: 'slow', milliseconds: 250 });
    await page.goto(`${gatehouse.url}/connectors/${connector.id}/connection`);
    await page.getByRole('button', { name: 'Simulate' }).click();
    await expect(page.getByRole('heading', { name: /^Run #/ })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('list', { name: 'Stages of the run' })).toContainText('Reading Okta');
    await gatehouse.rehearsal.faults.clearAll();
    await expect(page.getByText('Nothing was written: this was a simulation.')).toBeVisible();
    expect(await runsOf(api, connector)).toBe(1);
  });

  test('goes on without the connection, and the page catches up', async ({
    page,
    gatehouse,
    api,
    connector,
    context,
  }) => {
    await gatehouse.rehearsal.faults.set({ kind: 'slow', milliseconds: 250 });
    const { id } = await api.call(endpoints.startRun, {
      params: { connectorId: connector.id },
      body: { intent: 'simulate' },
    });
    await page.goto(`${gatehouse.url}/runs/${id}`);
    await expect(page.getByRole('row', { name: /^Users/ })).toBeVisible();
    await context.setOffline(true);
    await gatehouse.rehearsal.faults.clearAll();
    await api.finished(id);
    await expect(page.getByText('Nothing was written: this was a simulation.')).toBeHidden();

    await context.setOffline(false);
    await expect(page.getByText('Nothing was written: this was a simulation.')).toBeVisible({
      timeout: 20_000,
    });
    expect(await runsOf(api, connector)).toBe(1);
  });

  test('says that the server is gone, and how the run stands when it is back', async ({
    page,
    gatehouse,
    api,
    connector,
  }) => {
    await gatehouse.rehearsal.faults.set({ kind: 'slow', milliseconds: 1000 });
    const { id } = await api.call(endpoints.startRun, {
      params: { connectorId: connector.id },
      body: { intent: 'apply' },
    });
    await page.goto(`${gatehouse.url}/runs/${id}`);
    await expect(page.getByRole('row', { name: /^Users/ })).toBeVisible();

    await gatehouse.end();
    await expect(page.getByText('The connection to Gatehouse is lost.')).toBeVisible();
    await gatehouse.run();
    await expect(page.getByText('The connection to Gatehouse is lost.')).toBeHidden({ timeout: 20_000 });
    await expect(page.getByText('This run was interrupted.')).toBeVisible();
    await expect(page.getByText(/Nothing was written/).first()).toBeVisible();
  });

  test('is started once by a double click, of Simulate and of Apply', async ({
    page,
    gatehouse,
    api,
    connector,
  }) => {
    await page.goto(`${gatehouse.url}/connectors/${connector.id}/connection`);
    await page.getByRole('button', { name: 'Simulate' }).dblclick();
    await page.getByRole('link', { name: /^Review \d+ changes/ }).click();
    expect(await runsOf(api, connector)).toBe(1);

    await page.getByRole('button', { name: 'Apply exactly this plan' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Apply/ })
      .dblclick();
    await expect(page.getByText(/users added/)).toBeVisible();
    expect(await runsOf(api, connector)).toBe(2);
  });

  test('is started once from two tabs, and the other says what happened', async ({
    page,
    gatehouse,
    api,
    connector,
    context,
  }) => {
    const simulation = await runToEnd(api, connector.id);
    const other = await context.newPage();
    for (const tab of [page, other]) {
      await tab.goto(`${gatehouse.url}/runs/${simulation.id}/review`);
      await tab.getByRole('button', { name: 'Apply exactly this plan' }).click();
    }
    // The other tab hears of it only by the answer to its own click.
    await other.route('**/api/events', (route) => route.abort());
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Apply/ })
      .click();
    await expect(page.getByText(/users added/)).toBeVisible();
    const confirm = other.getByRole('dialog').getByRole('button', { name: /^Apply/ });
    if (await confirm.isVisible()) await confirm.click();
    await expect(other.getByText(/applied/i).first()).toBeVisible();
    expect(await runsOf(api, connector)).toBe(2);
  });
});

test.describe('the review', () => {
  test('goes back filter by filter, and a reload keeps filter and row', async ({
    page,
    gatehouse,
    api,
    connector,
  }) => {
    const { id } = await runToEnd(api, connector.id);
    await page.goto(`${gatehouse.url}/runs/${id}/review`);
    const operations = page.getByRole('group', { name: 'Changes by operation' });
    const chosen = operations.locator('[aria-pressed=true]');
    await operations.getByRole('button', { name: 'filtered' }).click();
    await expect(chosen).toContainText('filtered');
    const grid = page.getByRole('grid', { name: 'Changes' });
    await grid.getByRole('row').nth(1).click();
    const details = page.getByRole('complementary', { name: /^Details of/ });
    await expect(details).toBeVisible();
    const name = await details.getByRole('heading', { level: 2 }).textContent();

    await page.reload();
    await expect(chosen).toContainText('filtered');
    await expect(details.getByRole('heading', { level: 2 })).toHaveText(name ?? '');
    await operations.getByRole('button', { name: 'added' }).click();
    await expect(chosen).toContainText('added');
    await expect(details).toBeHidden();

    await page.goBack();
    await expect(details.getByRole('heading', { level: 2 })).toHaveText(name ?? '');
    await page.goBack();
    await expect(details).toBeHidden();
    await expect(chosen).toContainText('filtered');
    await page.goBack();
    await expect(chosen).toContainText('all changes');
  });

  test('can be gone through and applied by keyboard alone', async ({ page, gatehouse, api, connector }) => {
    const { id } = await runToEnd(api, connector.id);
    await page.goto(`${gatehouse.url}/runs/${id}/review`);
    const grid = page.getByRole('grid', { name: 'Changes' });
    await expect(grid.getByRole('row').nth(3)).toBeVisible();

    await tabTo(page, grid);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const details = page.getByRole('complementary', { name: /^Details of/ });
    await expect(grid.getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true');
    await expect(details).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(details).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
    await expect(grid).toBeFocused();

    await page.keyboard.press('/');
    const search = page.getByRole('searchbox', { name: 'Find a user' });
    await expect(search).toBeFocused();
    await page.keyboard.type('susan.pereira');
    await expect(grid).toHaveAttribute('aria-rowcount', '2');

    await tabTo(page, page.getByRole('button', { name: 'Apply exactly this plan' }));
    await page.keyboard.press('Enter');
    const confirm = page.getByRole('dialog').getByRole('button', { name: /^Apply/ });
    await expect(confirm).toBeVisible();
    await tabTo(page, confirm);
    await page.keyboard.press('Enter');
    await expect(page.getByText(/users added/)).toBeVisible();
  });
});

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab never gets there.');
}
