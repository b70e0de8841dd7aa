import { startRehearsal } from '@gatehouse/rehearsal/start-rehearsal';
import { expect, it } from 'vitest';
import { createOktaSource } from './connector.ts';
import { defaultOktaTiming } from './okta-timing.ts';
import { frozenClock, loopbackFetch, memorySink, recordingObserver } from './test-support.ts';

it('a read in narrow windows waits ahead of the limit and is never refused', async () => {
  const clock = frozenClock();
  const rehearsal = await startRehearsal({
    users: 1200,
    groups: 60,
    now: clock.now,
    rateLimit: {
      perMinute: {
        '/api/v1/users': 5,
        '/api/v1/users/{id}': 100,
        '/api/v1/groups': 20,
        '/api/v1/groups/{id}': 100,
        other: 100,
      },
      tokenShare: 1,
      concurrent: 75,
      windowMilliseconds: 60_000,
    },
  });
  try {
    const token = (await rehearsal.control.tokens.create({ name: 'sync' })).value;
    const { observer, waits, limits } = recordingObserver();
    const source = createOktaSource({
      origin: rehearsal.url,
      token,
      fetch: loopbackFetch,
      timing: defaultOktaTiming,
      now: clock.now,
      sleep: clock.sleep,
      random: Math.random,
    });

    const facts = await source.readAll(memorySink().sink, observer, new AbortController().signal);

    const { items } = await rehearsal.control.calls.list();
    expect(items).toHaveLength(facts.calls);
    expect(items.filter((call) => call.status !== 200)).toEqual([]);
    // The clock is one: a wait of either bucket opens new windows for both, so only together they are sure to wait.
    expect(waits.length).toBeGreaterThan(0);
    expect(new Set(waits.map((wait) => wait.reason))).toEqual(new Set(['rate-limit']));
    const used = (bucket: string) =>
      Math.max(...limits.filter((limit) => limit.bucket === bucket).map((limit) => limit.used));
    expect(used('/api/v1/users')).toBeLessThanOrEqual(5);
    expect(used('/api/v1/groups')).toBeLessThanOrEqual(18);
  } finally {
    await rehearsal.close();
  }
});
