import { loginStepCodes } from '@gatehouse/contracts/login-codes';
import { trackerSchema } from '@gatehouse/contracts/tracker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statement } from '../raw.ts';
import { testNow } from '../testing.ts';
import { createTrackerHarness, type TrackerHarness, traceEntry } from './testing.ts';

let harness: TrackerHarness;
beforeEach(async () => {
  harness = await createTrackerHarness();
});
afterEach(() => harness.remove());

const login = { idpId: 1, settingsVersion: 1, applicationId: null };

function found(id: string) {
  const tracker = harness.trackers.find(id);
  if (tracker === null) throw new Error(`no tracker ${id}`);
  return trackerSchema.parse(tracker);
}

function countRows(table: string): number {
  return harness.database.sql.get<{ n: number }>(`select count(*) as n from ${table}`)?.n ?? 0;
}

async function startedTest() {
  const { id, token } = await harness.createTest();
  const { tracker } = await harness.trackers.useLink(token, '');
  const tracer = await harness.tracers.resume(tracker?.trackerId ?? 0);
  if (tracer === null) throw new Error('not resumed');
  return { id, tracer };
}

describe('a real login', () => {
  it('is written by its first flush, and gone on with after the way to Okta', async () => {
    const begun = await harness.tracers.start(login);
    expect(countRows('Tracker')).toBe(0);
    begun.record(traceEntry({ step: 'login-started' }));
    begun.record(traceEntry({ step: 'sent-to-idp', state: 'waiting', facts: { scope: 'openid' } }));
    await begun.flush();
    harness.clock.now += 5_000;
    const resumed = await harness.tracers.resume(begun.trackerId);
    resumed?.record(traceEntry({ durationMs: 12.6 }));
    await resumed?.flush();

    expect(begun.publicId).toMatch(/^[2-9A-HJKMNP-TV-Z]{3}-[2-9A-HJKMNP-TV-Z]{3}$/);
    expect(resumed).toMatchObject({ trackerId: begun.trackerId, publicId: begun.publicId, kind: 'login' });
    expect(found(begun.publicId)).toMatchObject({
      kind: 'login',
      state: 'in-progress',
      startedBy: 'Login',
      lastStep: 'returned',
      testUrl: null,
      startedAt: new Date(testNow).toISOString(),
      events: [
        { seq: 1, step: 'login-started', at: new Date(testNow).toISOString() },
        { seq: 2, step: 'sent-to-idp', state: 'waiting', facts: { scope: 'openid' } },
        { seq: 3, step: 'returned', at: new Date(testNow + 5_000).toISOString(), durationMs: 13 },
      ],
    });
  });

  it('that passed keeps one line', async () => {
    const tracer = await harness.tracers.start(login);
    tracer.record(traceEntry({ step: 'login-started' }));
    await tracer.flush();
    tracer.person('ann@acme.example', null);
    tracer.claims({ sub: '00u1' });
    tracer.update({
      made: true,
      operation: 'none',
      by: 'claims',
      changes: [],
      groupsAdded: [],
      groupsRemoved: [],
    });
    tracer.record(traceEntry({ step: 'result' }));
    await tracer.finish({ outcome: 'passed' });

    expect(found(tracer.publicId)).toMatchObject({
      state: 'passed',
      lastStep: 'result',
      person: 'ann@acme.example',
      claims: null,
      update: null,
      events: [],
      failure: null,
      finishedAt: new Date(testNow).toISOString(),
    });
    expect(countRows('TrackerEvent')).toBe(0);
    expect(harness.passedTests).toEqual([]);
  });

  it('that failed keeps everything', async () => {
    const tracer = await harness.tracers.start(login);
    tracer.record(traceEntry({ step: 'login-started' }));
    await tracer.flush();
    tracer.claims({ sub: '00u1', groups: ['Everyone'] });
    tracer.record(
      traceEntry({
        step: 'id-token-issuer',
        state: 'failed',
        code: 'id-token-issuer',
        expected: 'https://acme.okta.com',
        seen: 'https://evil.example',
      }),
    );
    await tracer.finish({ outcome: 'failed', code: 'id-token-issuer', step: 'id-token-issuer' });

    expect(found(tracer.publicId)).toMatchObject({
      state: 'failed',
      failure: { code: 'id-token-issuer', step: 'id-token-issuer' },
      lastStep: 'id-token-issuer',
      claims: { sub: '00u1', groups: ['Everyone'] },
      events: [{ seq: 1 }, { seq: 2, expected: 'https://acme.okta.com', seen: 'https://evil.example' }],
    });
    expect(harness.trackers.newestFailure()?.id).toBe(tracer.publicId);
    expect(harness.trackers.summariesOf(1)).toMatchObject({
      lastTracker: { id: tracer.publicId },
      lastFailure: { id: tracer.publicId },
    });
    expect(harness.trackers.summariesOf(2)).toEqual({ lastTracker: null, lastFailure: null });
  });

  it('a reload of the page that a login ended on is traced, but is not the last failure', async () => {
    const failed = await harness.tracers.start({ idpId: 1, settingsVersion: 1, applicationId: null });
    await failed.finish({ outcome: 'failed', code: 'id-token-issuer', step: 'id-token-issuer' });
    const reload = await harness.tracers.start({ idpId: 1, settingsVersion: 1, applicationId: null });
    await reload.finish({ outcome: 'failed', code: 'transaction-missing', step: 'state-matches' });

    expect(harness.trackers.newestFailure()?.id).toBe(failed.publicId);
    expect(harness.trackers.summariesOf(1)).toMatchObject({
      lastTracker: { id: reload.publicId },
      lastFailure: { id: failed.publicId },
    });
  });

  it('writes once for begin and once for the end', async () => {
    let writes = 0;
    const { writeTogether } = harness.database;
    const counting: typeof writeTogether = (work) => {
      writes += 1;
      return writeTogether(work);
    };
    Object.assign(harness.database, { writeTogether: counting });

    const tracer = await harness.tracers.start(login);
    tracer.record(traceEntry({ step: 'login-started' }));
    await tracer.flush();
    for (const step of loginStepCodes) tracer.record(traceEntry({ step }));
    await tracer.flush();
    await tracer.flush();
    await tracer.finish({ outcome: 'failed', code: 'server-error', step: 'result' });

    expect(writes).toBe(3);
  });
});

describe('a test', () => {
  it('is live at every step, keeps everything and tells that it passed', async () => {
    const { id, tracer } = await startedTest();
    harness.changes.length = 0;
    tracer.record(traceEntry({ step: 'sent-to-idp' }));
    await tracer.flush();
    tracer.record(traceEntry({ step: 'result' }));
    tracer.claims({ sub: '00u1' });
    await tracer.finish({ outcome: 'passed' });

    expect(found(id)).toMatchObject({
      state: 'passed',
      claims: { sub: '00u1' },
      events: [{ step: 'link-opened' }, { step: 'sent-to-idp' }, { step: 'result' }],
    });
    expect(harness.changes).toEqual([
      { trackerId: id, idpId: 1, end: null },
      { trackerId: id, idpId: 1, end: 'passed' },
    ]);
    expect(harness.passedTests).toEqual([
      { idpId: 1, settingsVersion: 1, startedBy: 'Gatehouse', at: testNow },
    ]);
  });

  it('ends once', async () => {
    const { id, tracer } = await startedTest();
    await tracer.finish({ outcome: 'failed', code: 'upstream-access-denied', step: 'returned' });
    const again = await harness.tracers.resume(tracer.trackerId);
    await tracer.finish({ outcome: 'passed' });

    expect(again).toBeNull();
    expect(found(id).state).toBe('failed');
    expect(harness.passedTests).toEqual([]);
  });

  it('is not gone on with before its link was used', async () => {
    await harness.createTest();

    expect(await harness.tracers.resume(1)).toBeNull();
    expect(await harness.tracers.resume(4711)).toBeNull();
  });

  it('that was left and is come back to late says why it failed', async () => {
    const { id, tracer } = await startedTest();
    harness.clock.now += 61 * 60_000;
    expect(found(id).state).toBe('timed-out');
    const late = await harness.tracers.resume(tracer.trackerId);
    await late?.finish({ outcome: 'failed', code: 'transaction-expired', step: 'returned' });

    expect(found(id)).toMatchObject({ state: 'failed', failure: { code: 'transaction-expired' } });
  });
});

describe('whatever is recorded', () => {
  const circle: Record<string, unknown> = { a: 1n, b: Number.NaN, c: () => 1 };
  circle.self = circle;
  const odd = {
    get bad() {
      throw new Error('unreadable');
    },
  };

  it.each<[string, Record<string, unknown>]>([
    ['circles, bigints and functions', circle],
    ['what cannot be read', odd],
    ['100 kB', { groups: Array.from({ length: 5_000 }, (_, index) => `Group ${index} ${'x'.repeat(20)}`) }],
    ['one long text', { text: 'ä😀'.repeat(100_000) }],
    ['deep data', JSON.parse(`${'{"a":'.repeat(400)}1${'}'.repeat(400)}`)],
    [
      'many names',
      Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`n${index}`.repeat(60), 1])),
    ],
    ['a name of objects', JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')],
  ])('%s', async (_name, facts) => {
    const { id, tracer } = await startedTest();

    expect(() =>
      tracer.record(traceEntry({ facts, fact: `${'<b>\u202Ex\u0000'.repeat(20_000)}😀` })),
    ).not.toThrow();
    expect(() => tracer.claims(facts)).not.toThrow();
    await tracer.finish({ outcome: 'failed', code: 'server-error', step: 'result' });

    const stored = found(id);
    const event = stored.events.at(-1);
    expect(stored.state).toBe('failed');
    expect(event?.fact.length).toBeLessThanOrEqual(300);
    expect(event?.fact.isWellFormed()).toBe(true);
    expect(event?.fact).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(Buffer.byteLength(JSON.stringify(event?.facts))).toBeLessThanOrEqual(8 * 1024);
    expect(Buffer.byteLength(JSON.stringify(stored.claims))).toBeLessThanOrEqual(16 * 1024);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('shows what nobody would see, and keeps the rest as it is', async () => {
    const { id, tracer } = await startedTest();
    tracer.record(
      traceEntry({
        fact: 'admin\u202Egpj',
        expected: '<img src=x onerror=alert(1)>',
        seen: 'a\nb\uD800',
        facts: { 'na\u200Bme': 'two\nlines\u0000', list: ['\u2066x'] },
      }),
    );
    tracer.person('<script>\u202E', null);
    await tracer.flush();

    expect(found(id)).toMatchObject({ person: '<script>U+202E' });
    expect(found(id).events.at(-1)).toMatchObject({
      fact: 'adminU+202Egpj',
      expected: '<img src=x onerror=alert(1)>',
      seen: 'aU+000Ab\uFFFD',
      facts: { 'naU+200Bme': 'two\nlinesU+0000', list: ['U+2066x'] },
    });
  });

  it.each([
    ['id-token-subject', true],
    ['id-token-audience', true],
    ['userinfo', true],
    ['returned', false],
  ] as const)('shows who it is in %s, however random that looks: %s', async (step, isShown) => {
    const { id, tracer } = await startedTest();
    const subject = 'aB3kqFVrSaSaFHy782bbtaQ-x9Zt2Lm4Kz8Wp1Jd6Hs';
    tracer.record(traceEntry({ step, seen: subject }));
    await tracer.flush();

    expect(found(id).events.at(-1)?.seen).toBe(isShown ? subject : '[redacted]');
  });

  it('a trace has an end', async () => {
    const { id, tracer } = await startedTest();
    for (let step = 0; step < 10_000; step += 1) tracer.record(traceEntry());
    await tracer.flush();

    expect(found(id).events).toHaveLength(201);
  });

  it('large updates are cut', async () => {
    const { id, tracer } = await startedTest();
    const names = Array.from({ length: 1_000 }, (_, index) => `Group ${index}`);
    const changes = names.map((attribute) => ({ attribute, before: 'x'.repeat(1_000), after: null }));
    tracer.update({
      made: false,
      operation: 'update',
      by: 'usersync',
      changes,
      groupsAdded: names,
      groupsRemoved: [],
    });
    await tracer.flush();

    const { update } = found(id);
    expect(update?.changes).toHaveLength(100);
    expect(update?.changes[0]?.before).toHaveLength(300);
    expect(update?.groupsAdded.slice(-2)).toEqual(['Group 199', '… and 800 more']);
  });
});

describe('when the database refuses', () => {
  it('the login goes on, the reason is told, and the next flush makes up for it', async () => {
    const { writeTogether } = harness.database;
    Object.assign(harness.database, { writeTogether: () => Promise.reject(new Error('disk full')) });
    const tracer = await harness.tracers.start(login);
    tracer.record(traceEntry({ step: 'login-started' }));
    await tracer.flush();
    tracer.record(traceEntry({ step: 'sent-to-idp' }));
    await tracer.flush();

    expect(harness.errors).toMatchObject([{ message: 'disk full' }, { message: 'disk full' }]);
    expect(harness.changes).toEqual([]);
    Object.assign(harness.database, { writeTogether });
    await tracer.finish({ outcome: 'failed', code: 'server-error', step: 'sent-to-idp' });
    expect(found(tracer.publicId).events.map(({ step }) => step)).toEqual(['login-started', 'sent-to-idp']);
  });

  it('a trace that was deleted in the meantime is let go', async () => {
    const { tracer } = await startedTest();
    await harness.database.write((db) => [statement(db, 'delete from Tracker')]);
    tracer.record(traceEntry());
    await tracer.flush();
    await tracer.finish({ outcome: 'passed' });

    expect(harness.errors).toEqual([]);
    expect(harness.passedTests).toEqual([]);
    expect(countRows('TrackerEvent')).toBe(0);
  });
});

describe('ids', () => {
  it('that are taken are not given again, written or not', async () => {
    const list = ['AAAAAA', 'AAAAAA', 'BBBBBB', 'AAAAAA', 'BBBBBB', 'CCCCCC'];
    const other = await createTrackerHarness({ randomIds: () => list.shift() ?? 'DDDDDD' });
    const first = await other.tracers.start(login);
    await first.flush();
    const second = await other.tracers.start(login);
    const third = await other.createTest();

    expect([first.publicId, second.publicId, third.id]).toEqual(['AAA-AAA', 'BBB-BBB', 'CCC-CCC']);
    await other.remove();
  });

  it('go on after a restart, also when the newest are gone', async () => {
    const before = await harness.tracers.start(login);
    await before.flush();
    await harness.database.write((db) => [statement(db, 'delete from Tracker')]);
    const { id } = await harness.createTest();

    const key = harness.database.sql.get<{ id: number }>('select max(id) as id from Tracker')?.id ?? 0;
    expect(key).toBeGreaterThan(before.trackerId);
    for (const spelling of [id, id.toLowerCase(), id.replace('-', ''), ` ${id.replace('-', ' ')} `]) {
      expect(harness.trackers.find(spelling)?.id).toBe(id);
    }
  });
});
