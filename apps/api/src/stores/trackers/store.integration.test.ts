import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bySystem } from '../audit/audit-entry.ts';
import { AuditStore } from '../audit/store.ts';
import { statement } from '../raw.ts';
import { testNow } from '../testing.ts';
import { expireTrackers, purgeTrackers } from './purge.ts';
import { createTrackerHarness, type TrackerHarness, testTrackerUrl } from './testing.ts';

const hour = 60 * 60 * 1_000;
const day = 24 * hour;
const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:144.0) Gecko/20100101 Firefox/144.0';

let harness: TrackerHarness;
beforeEach(async () => {
  harness = await createTrackerHarness();
});
afterEach(() => harness.remove());

function sealedLinks(): number {
  const row = harness.database.sql.get<{ n: number }>(
    `select count(*) as n from Secret where ownerKind = 'tracker'`,
  );
  return row?.n ?? 0;
}

/** Rows as the end of many logins leaves them; the id tells the order. */
async function insertMany(kind: 'test' | 'login', state: string, count: number, createdAt = testNow) {
  const ids = Array.from({ length: count }, (_, index) => index);
  await harness.database.write((db) => [
    statement(
      db,
      `insert into Tracker (publicId, kind, state, idpId, settingsVersion, startedBy, createdAt, expiresAt, startedAt)
       select ? || '-' || e.value, ?, ?, 1 + e.value % 2, 1, 'x', ?, ?, ? from json_each(?) e`,
      `${kind}-${state}`,
      kind,
      state,
      createdAt,
      createdAt + hour,
      createdAt,
      JSON.stringify(ids),
    ),
  ]);
}

function countBy(where: string): number {
  return harness.database.sql.get<{ n: number }>(`select count(*) as n from Tracker where ${where}`)?.n ?? 0;
}

describe('the link of a test', () => {
  it('has 128 bits, is kept sealed and hashed, and can be read again until it is used', async () => {
    const created = await harness.trackers.createTest({ idpId: 1, settingsVersion: 1, by: bySystem });
    const token = created.testUrl?.split('/t/')[1] ?? '';

    expect(created).toMatchObject({ kind: 'test', state: 'waiting', startedBy: 'Gatehouse', events: [] });
    expect(created.testUrl).toMatch(new RegExp(`^${testTrackerUrl}/t/[A-Za-z0-9_-]{22}$`));
    expect(created.expiresAt).toBe(new Date(testNow + hour).toISOString());
    expect(created.keptUntil).toBe(new Date(testNow + 14 * day).toISOString());
    expect(harness.trackers.find(created.id)?.testUrl).toBe(created.testUrl);
    const stored = JSON.stringify([
      harness.database.sql.all('select * from Tracker'),
      harness.database.sql.all('select * from Secret'),
      harness.database.sql.all('select * from AuditEntry'),
    ]);
    expect(stored).not.toContain(token);
    expect(
      new AuditStore(harness.database).list({ action: 'tracker.started' }, { offset: 0, limit: 5 }),
    ).toMatchObject({
      total: 1,
      items: [
        { subject: { kind: 'tracker', id: created.id }, after: { idp: 'Acme Okta', settingsVersion: 1 } },
      ],
    });
  });

  it('is not used up by being opened', async () => {
    const { id, token } = await harness.createTest();
    const ready = {
      outcome: 'ready',
      tracker: {
        id,
        idp: { id: harness.idp.publicId, name: 'Acme Okta' },
        startedBy: 'Gatehouse',
        createdAt: testNow,
        expiresAt: testNow + hour,
      },
    };

    for (let times = 0; times < 3; times += 1) expect(harness.trackers.openLink(token)).toEqual(ready);
    expect(harness.trackers.find(id)?.state).toBe('waiting');
  });

  it('is used up by one of two hundred at once', async () => {
    const { id, token } = await harness.createTest();
    harness.changes.length = 0;

    const answers = await Promise.all(
      Array.from({ length: 200 }, () => harness.trackers.useLink(token, firefox)),
    );

    const won = answers.filter(({ outcome }) => outcome === 'started');
    expect(won).toEqual([
      { outcome: 'started', tracker: { trackerId: 1, publicId: id, idpId: 1, settingsVersion: 1 } },
    ]);
    expect(answers.filter(({ outcome, tracker }) => outcome === 'used' && tracker === null)).toHaveLength(
      199,
    );
    expect(harness.changes).toEqual([{ trackerId: id, idpId: 1, end: null }]);
    expect(harness.trackers.find(id)).toMatchObject({
      state: 'in-progress',
      testUrl: null,
      expiresAt: null,
      startedAt: new Date(testNow).toISOString(),
      lastStep: 'link-opened',
      events: [{ seq: 1, step: 'link-opened', fact: 'The link was opened in Firefox 144 on Windows.' }],
    });
    expect(sealedLinks()).toBe(0);
    expect(harness.trackers.openLink(token)).toEqual({ outcome: 'used', tracker: null });
  });

  it('is over after an hour, to the millisecond', async () => {
    const { id, token } = await harness.createTest();
    harness.clock.now = testNow + hour - 1;
    expect(harness.trackers.openLink(token).outcome).toBe('ready');
    harness.clock.now = testNow + hour;

    expect(harness.trackers.openLink(token)).toEqual({ outcome: 'expired', tracker: null });
    expect(await harness.trackers.useLink(token, firefox)).toEqual({ outcome: 'expired', tracker: null });
    expect(harness.trackers.find(id)).toMatchObject({ state: 'timed-out', testUrl: null });

    await expireTrackers(harness.database, () => undefined);
    expect(harness.trackers.openLink(token)).toEqual({ outcome: 'expired', tracker: null });
    expect(sealedLinks()).toBe(0);
  });

  it.each(['', 'x', 'A'.repeat(22), 'A'.repeat(5_000), "' or 1=1 --", '../../etc/passwd', 'ä'.repeat(22)])(
    'made up is unknown: %s',
    async (token) => {
      await harness.createTest();

      expect(harness.trackers.openLink(token)).toEqual({ outcome: 'unknown', tracker: null });
      expect(await harness.trackers.useLink(token, firefox)).toEqual({ outcome: 'unknown', tracker: null });
    },
  );

  it('tests the settings that are in force when it is used', async () => {
    const { id, token } = await harness.createTest();
    await harness.database.write((db) => [statement(db, 'update Idp set settingsVersion = 7')]);

    expect((await harness.trackers.useLink(token, '')).tracker?.settingsVersion).toBe(7);
    expect(harness.trackers.find(id)?.settingsVersion).toBe(7);
  });

  it.each([
    [firefox, 'Firefox 144 on Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.1 Safari/605', 'Safari 18 on macOS'],
    ['', 'an unknown browser'],
    ['<script>alert(1)</script> Linux', 'an unknown browser on Linux'],
    [`Firefox/${'9'.repeat(400)}`, 'Firefox 9999'],
  ])('names the browser of %s', async (userAgent, words) => {
    const { id, token } = await harness.createTest();
    await harness.trackers.useLink(token, userAgent);

    expect(harness.trackers.find(id)?.events[0]?.facts).toEqual({ browser: words });
  });
});

describe('the list', () => {
  beforeEach(async () => {
    await insertMany('test', 'passed', 6);
    await insertMany('login', 'failed', 4);
    await insertMany('login', 'passed', 8);
    await insertMany('login', 'in-progress', 2);
  });

  it.each<[Parameters<TrackerHarness['trackers']['list']>[0], number]>([
    [{ show: 'all' }, 20],
    [{ show: 'tests' }, 6],
    [{ show: 'failed' }, 4],
    [{ show: 'logins' }, 14],
    [{ show: 'all', idpId: '1'.padEnd(22, 'i') }, 10],
    [{ show: 'tests', idpId: '1'.padEnd(22, 'i') }, 3],
    [{ show: 'logins', idpId: '2'.padEnd(22, 'i') }, 7],
    [{ show: 'failed', idpId: '2'.padEnd(22, 'i') }, 2],
    [{ show: 'all', idpId: 'x'.repeat(22) }, 0],
  ])('of %j has %i', (filter, total) => {
    const answer = harness.trackers.list(filter, { limit: 100, offset: 0 });

    expect(answer.total).toBe(total);
    expect(answer.items).toHaveLength(total);
  });

  it('comes in windows, newest first', () => {
    const window = harness.trackers.list({ show: 'all' }, { limit: 3, offset: 1 });

    expect(window).toMatchObject({ total: 20, offset: 1 });
    expect(window.items.map(({ kind, state }) => [kind, state])).toEqual([
      ['login', 'in-progress'],
      ['login', 'passed'],
      ['login', 'passed'],
    ]);
    expect(window.items[0]?.idp).toEqual({
      id: '1'.padEnd(22, 'i'),
      name: 'Acme Okta',
      issuer: 'https://acme.okta.com',
    });
  });

  it('never shows a stale “in progress”', async () => {
    harness.clock.now = testNow + hour;
    const states = () => harness.trackers.list({ show: 'all' }, { limit: 2, offset: 0 }).items;

    expect(states().map(({ state }) => state)).toEqual(['timed-out', 'timed-out']);
    expect(countBy(`state = 'timed-out'`)).toBe(0);
    const told: unknown[] = [];
    await expireTrackers(harness.database, (change) => told.push(change.end));
    expect(told).toEqual(['timed-out', 'timed-out']);
    expect(countBy(`state = 'timed-out'`)).toBe(2);
    expect(states()[0]?.finishedAt).toBe(new Date(testNow + hour).toISOString());
  });
});

async function name(where: string, person: string | null, failureCode: string): Promise<void> {
  await harness.database.write((db) => [
    statement(db, `update Tracker set person = ?, failureCode = ? where ${where}`, person, failureCode),
  ]);
}

describe('the purge', () => {
  const limits = { detailed: 5, nameless: 4, strays: 3, lines: 7, begun: 8 };

  it('takes what is too old, to the millisecond, and not what is open', async () => {
    await insertMany('test', 'passed', 3, testNow - 14 * day - 1);
    await insertMany('login', 'passed', 230, testNow - 14 * day - 1);
    await insertMany('login', 'failed', 2, testNow - 14 * day);
    await insertMany('login', 'in-progress', 1, testNow - 14 * day - 1);
    await harness.database.write((db) => [
      statement(
        db,
        `insert into TrackerEvent (trackerId, seq, at, step, state, fact, facts)
         select id, 1, 0, 'result', 'passed', '', '{}' from Tracker`,
      ),
    ]);

    expect(await purgeTrackers(harness.database, { days: 14 })).toBe(233);
    expect(countBy('1 = 1')).toBe(3);
    expect(harness.database.sql.get<{ n: number }>('select count(*) as n from TrackerEvent')?.n).toBe(3);
    expect(await purgeTrackers(harness.database, { days: 14 })).toBe(0);
  });

  it('keeps the newest of each kind, and one kind does not push out the other', async () => {
    await insertMany('test', 'passed', 4);
    await insertMany('login', 'failed', 3);
    await name(`state = 'failed'`, 'Ada', 'person-unknown');
    await insertMany('login', 'passed', 300);
    await insertMany('login', 'timed-out', 2);
    await insertMany('login', 'in-progress', 9);

    expect(await purgeTrackers(harness.database, { days: 14, limits })).toBe(2 + 295 + 1);
    expect(countBy(`kind = 'test'`)).toBe(2);
    expect(countBy(`state = 'failed'`)).toBe(3);
    expect(countBy(`kind = 'login' and state = 'passed'`)).toBe(5);
    expect(countBy(`state = 'timed-out'`)).toBe(2);
    expect(countBy(`state = 'in-progress'`)).toBe(8);
    const kept = harness.database.sql.column<number>(`select min(id) from Tracker where kind = 'test'`);
    expect(kept).toEqual([3]);
  });

  it('keeps tests and known people’s failures from whoever opens the addresses of logins again and again', async () => {
    await insertMany('test', 'failed', 3);
    await insertMany('login', 'failed', 306);
    await name(`kind = 'login'`, null, 'transaction-missing');
    await name(`publicId in ('login-failed-0', 'login-failed-1')`, 'Ada', 'person-unknown');
    await name(`publicId glob 'login-failed-[2-5]'`, null, 'upstream-error');
    await insertMany('login', 'in-progress', 300);

    await purgeTrackers(harness.database, { days: 14, limits });

    expect(countBy(`kind = 'test'`)).toBe(3);
    expect(countBy(`failureCode = 'person-unknown'`)).toBe(2);
    expect(countBy(`failureCode = 'upstream-error'`)).toBe(4);
    expect(countBy(`failureCode = 'transaction-missing'`)).toBe(3);
    expect(countBy(`state = 'in-progress'`)).toBe(8);
  });
});
