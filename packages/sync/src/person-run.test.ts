import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeSource } from './conformance/fake-source.ts';
import { sourceGroup, sourceUser } from './conformance/harness.ts';
import { createMemoryPeople, type MemoryPeopleHarness } from './conformance/memory-people.ts';
import type { PersonApplier } from './person-ports.ts';
import { PersonQueue } from './person-queue.ts';
import { type PersonOutcome, type PersonRequest, refreshPerson } from './person-run.ts';
import type { PersonRead, SourceUserRow } from './source.ts';
import { SourceError } from './source.ts';

let source: FakeSource;
let harness: MemoryPeopleHarness;
let queue: PersonQueue<PersonRead>;

beforeEach(() => {
  source = new FakeSource();
  source.users = [sourceUser('00u1', 'ada')];
  source.groups = [sourceGroup('00g1', 'Team')];
  source.members = { '00g1': ['00u1'] };
  harness = createMemoryPeople();
  queue = new PersonQueue();
});

function request(change: Partial<PersonRequest> = {}): PersonRequest {
  return {
    connectorId: 1,
    directoryId: 1,
    settingsVersion: 1,
    lookup: { by: 'id', value: '00u1' },
    read: (lookup, signal) => source.readPerson(lookup, signal),
    signal: new AbortController().signal,
    ...change,
  };
}

function apply(change: Partial<PersonRequest> = {}, applier: PersonApplier = harness.personApplier) {
  return refreshPerson(request(change), { directory: harness.people, queue, applier });
}

function planOnly(change: Partial<PersonRequest> = {}) {
  return refreshPerson(request(change), { directory: harness.people, queue });
}

function said(outcome: PersonOutcome) {
  const operation = 'plan' in outcome ? (outcome.plan.change?.operation ?? 'none') : null;
  return [outcome.outcome, operation, 'reason' in outcome ? outcome.reason.code : null];
}

const unreadable = {
  externalId: '00u1',
  failure: { code: 'record-unreadable', facts: {} },
  label: 'ada',
};

describe('refreshPerson', () => {
  it.each<[string, SourceUserRow | null, boolean | null, (string | null)[]]>([
    // what, the source, in the directory as active, outcome
    ['new', sourceUser('00u1', 'ada'), null, ['done', 'create', null]],
    ['there', sourceUser('00u1', 'ada'), true, ['done', 'update', null]],
    ['disabled, active in Okta', sourceUser('00u1', 'ada'), false, ['done', 'enable', null]],
    [
      'suspended, not there',
      sourceUser('00u1', 'ada', 'SUSPENDED'),
      null,
      ['filtered', null, 'not-created-inactive'],
    ],
    [
      'suspended, there',
      sourceUser('00u1', 'ada', 'SUSPENDED'),
      true,
      ['inactive', 'disable', 'status-suspended'],
    ],
    [
      'deactivated, disabled already',
      sourceUser('00u1', 'ada', 'DEPROVISIONED'),
      false,
      ['inactive', 'update', 'status-deprovisioned'],
    ],
    [
      'a status nobody knows, disabled',
      { ...sourceUser('00u1', 'ada', 'NEW'), presence: 'unknown' },
      false,
      ['inactive', 'update', 'status-unknown'],
    ],
    [
      'a status nobody knows, active',
      { ...sourceUser('00u1', 'ada', 'NEW'), presence: 'unknown' },
      true,
      ['done', 'update', null],
    ],
    ['unreadable', unreadable, true, ['failed', null, 'record-unreadable']],
    ['not in Okta, not there', null, null, ['gone', null, 'person-not-in-source']],
    ['not in Okta, there', null, true, ['gone', null, 'person-not-in-source']],
  ])('%s: plan and run say the same, and only the run writes', async (_name, user, active, expected) => {
    source.users = user === null ? [] : [user];
    if (active !== null) await harness.addUser({ username: 'ada', externalId: '00u1', active });
    const before = await harness.directory();

    expect(said(await planOnly())).toEqual(expected);
    expect(await harness.directory()).toEqual(before);
    expect(said(await apply())).toEqual(expected);

    const writes = expected[1] !== null;
    expect(JSON.stringify(await harness.directory()) === JSON.stringify(before)).toBe(!writes);
  });

  it('disables nobody because the source does not show them', async () => {
    await harness.addUser({ username: 'ada', externalId: '00u1' });
    source.users = [];

    await apply();

    expect((await harness.directory()).users).toMatchObject([{ active: true, revision: 1 }]);
  });

  it('finds the person by their login, and works on their id', async () => {
    expect(said(await apply({ lookup: { by: 'login', value: 'ada' } }))).toEqual(['done', 'create', null]);
    expect((await harness.directory()).users).toMatchObject([{ externalId: '00u1' }]);
  });

  it('writes nothing the second time', async () => {
    await apply();
    const before = await harness.directory();

    expect(said(await apply())).toEqual(['done', 'none', null]);
    expect(await harness.directory()).toEqual(before);
  });
});

describe('a person who changes meanwhile', () => {
  it('is planned once more', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    let applied = 0;
    const applier: PersonApplier = {
      apply: async (key, plan) => {
        applied += 1;
        if (applied === 1) await harness.touchUser(ada);
        return harness.personApplier.apply(key, plan);
      },
    };

    expect(said(await apply({}, applier))).toEqual(['done', 'update', null]);
    expect(applied).toBe(2);
    expect(source.asked).toHaveLength(1);
    expect((await harness.directory()).users).toMatchObject([{ lastName: 'Byron', revision: 3 }]);
  });

  it('again and again is left as they are', async () => {
    const ada = await harness.addUser({ username: 'ada', externalId: '00u1' });
    const applier: PersonApplier = {
      apply: async (key, plan) => {
        await harness.touchUser(ada);
        return harness.personApplier.apply(key, plan);
      },
    };

    expect(said(await apply({}, applier))).toEqual(['unavailable', null, 'person-changed-meanwhile']);
    expect((await harness.directory()).memberships).toEqual([]);
  });

  it('is not written when the connector was saved since', async () => {
    source.duringRead = () => harness.changeSettings();

    expect(said(await apply())).toEqual(['unavailable', null, 'settings-changed']);
    expect((await harness.directory()).users).toEqual([]);
  });
});

describe('calls that arrive together', () => {
  it('share one read; each of them is applied in turn', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => apply()));

    expect(source.asked).toEqual(['00u1']);
    expect(outcomes.map((outcome) => said(outcome)[1])).toEqual([
      'create',
      ...Array.from({ length: 19 }, () => 'none'),
    ]);
    expect((await harness.directory()).users).toMatchObject([{ revision: 1 }]);
  });

  it('share it also when one of them only plans, which writes nothing', async () => {
    const before = await harness.directory();
    const [planned, again] = await Promise.all([planOnly(), planOnly()]);
    expect(await harness.directory()).toEqual(before);

    const [applied, third] = await Promise.all([apply(), planOnly()]);

    expect(source.asked).toHaveLength(2);
    expect([planned, again, applied].map((outcome) => said(outcome)[1])).toEqual([
      'create',
      'create',
      'create',
    ]);
    expect(third.outcome).toBe('done');
    expect((await harness.directory()).users).toHaveLength(1);
  });
});

describe('a run that ends early', () => {
  it.each<[string, unknown, string]>([
    ['by a time limit', new DOMException('late', 'TimeoutError'), 'host-timed-out'],
    ['because nobody waits any more', new DOMException('gone', 'AbortError'), 'cancelled'],
  ])('%s says so at once, and nothing is written', async (_name, why, code) => {
    const stop = new AbortController();
    source.duringRead = () => new Promise(() => undefined);

    const running = apply({ signal: stop.signal });
    await setImmediate();
    stop.abort(why);

    expect(said(await running)).toEqual(['unavailable', null, code]);
    expect((await harness.directory()).users).toEqual([]);
  });

  it('between read and write leaves everything as it was', async () => {
    const stop = new AbortController();
    const directory = {
      look: (...given: Parameters<typeof harness.people.look>) => {
        stop.abort();
        return harness.people.look(...given);
      },
    };

    const outcome = await refreshPerson(request({ signal: stop.signal }), {
      directory,
      queue,
      applier: harness.personApplier,
    });

    expect(said(outcome)).toEqual(['unavailable', null, 'cancelled']);
    expect((await harness.directory()).users).toEqual([]);
  });

  it('by the source says why, with its facts', async () => {
    const read = () =>
      Promise.reject(new SourceError('rate-limited', 'soft', { facts: { bucket: 'Users' } }));

    expect(await apply({ read })).toEqual({
      outcome: 'unavailable',
      reason: { code: 'rate-limited', facts: { bucket: 'Users', severity: 'soft' } },
    });
  });

  it('by a fault of ours is nobody’s outcome', async () => {
    const read = () => Promise.reject(new TypeError('broken'));

    await expect(apply({ read })).rejects.toThrow('broken');
  });
});
