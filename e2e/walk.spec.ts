import { test, useGatehouse } from './fixtures/test.ts';
import { connect, makeToken, setSchedule, setUp } from './walk-steps/connect-okta.ts';
import { changeOkta, restart, seeChanges, waitForSchedule } from './walk-steps/follow-changes.ts';
import { apply, nothingToDo, review, simulate, sync } from './walk-steps/sync-with-review.ts';

useGatehouse('file');
test.use({ viewport: { width: 1440, height: 900 } });

test('a new administrator goes from an empty server to a sync that runs by itself', async ({
  page,
  gatehouse,
}) => {
  test.setTimeout(240_000);

  await test.step('1. Opens the set-up link and becomes the first administrator', () =>
    setUp(page, gatehouse));

  const token = await test.step('2. Makes a token in Okta, shown once', () => makeToken(page));
  await test.step('2. Creates the connector and tests the connection', () => connect(page, gatehouse, token));

  await test.step('3. Sets the interval, edits the cron expression', () => setSchedule(page));

  await test.step('4. Simulates: live progress, nothing written', () => simulate(page, gatehouse));
  await test.step('4. Reviews: search, filter, facet, before and after', () => review(page));
  await test.step('4. Applies exactly this plan', () => apply(page));
  await test.step('4. A second simulation says that there is nothing to do', () => nothingToDo(page));
  await test.step('4. Syncs in one go', () => sync(page));

  const changed = await test.step('5. Changes people and a group in Okta', () => changeOkta(page, gatehouse));
  await test.step('5. The next simulation shows just that, with the reasons', () =>
    seeChanges(page, changed));

  const runs = await test.step('3. The schedule starts a sync by itself', () =>
    waitForSchedule(page, changed));

  await test.step('6. Everything is there after a restart', () => restart(page, gatehouse, changed, runs));
});
