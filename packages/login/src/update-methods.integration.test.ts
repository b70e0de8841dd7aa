import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import { describe, expect, it } from 'vitest';
import { codeOf, connectorId, directoryId, type LoginWorld } from './fixtures/login-world.ts';
import { updateWith } from './fixtures/people.ts';
import { useSuiteWorld } from './fixtures/suite-world.ts';
import type { LoginPerson, RefreshOutcome } from './ports.ts';

const suite = useSuiteWorld();

/** An empty directory behind one IdP. */
function emptyWorld(settings: Parameters<ReturnType<typeof suite>['withAda']>[0]): LoginWorld {
  const world = suite().withAda({ matchBy: 'none', createUsers: false, ...settings });
  world.people.remove(1);
  return world;
}

/** Ada as the connector would have synced her. */
function addSynced(world: LoginWorld, values: Partial<LoginPerson> = {}): LoginPerson {
  return world.people.add({
    directoryId,
    username: 'ada',
    email: 'ada@acme.example',
    displayName: 'Ada',
    connectorId,
    externalId: '00u1Ada',
    ...values,
  });
}

/** A refresher that writes the person, or says what it would write. */
function answers(world: LoginWorld, update: Partial<LoginUpdate>, person: () => LoginPerson | null): void {
  const outcome = (made: boolean): RefreshOutcome => ({
    outcome: 'done',
    person: person(),
    update: updateWith({ ...update, made }),
  });
  world.refresher.answer = async () => outcome(true);
  world.planner.answer = async () => outcome(false);
}

describe('update with UserSync', () => {
  it('links who was synced under this Okta id, at the first login', async () => {
    const world = emptyWorld({ updateMethod: 'usersync' });
    const ada = addSynced(world);
    answers(world, { operation: 'update', groupsAdded: ['Engineering'] }, () => ada);

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({
      ok: true,
      person: { id: ada.id },
      update: { made: true, groupsAdded: ['Engineering'] },
    });
    expect(world.refresher.asked).toMatchObject([{ connectorId, externalId: '00u1Ada' }]);
    expect(world.people.identities()).toMatchObject([
      { userId: ada.id, subject: '00u1Ada', by: 'same-source' },
    ]);
    expect(tracer.steps().slice(-5)).toEqual(['claims', 'person-found', 'refresh', 'update', 'result']);
    expect(tracer.at('person-found')).toMatchObject({ facts: { by: 'same-source', user: ada.publicId } });
    expect(tracer.people.at(-1)).toEqual({ label: 'ada@acme.example', userId: ada.id });
  });

  it('makes who was not synced yet', async () => {
    const world = emptyWorld({ updateMethod: 'usersync' });
    answers(world, { operation: 'create' }, () => addSynced(world));

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({ ok: true, person: { username: 'ada', externalId: '00u1Ada' } });
    expect(tracer.at('person-found')?.fact).toBe('nobody yet, UserSync is asked about 00u1Ada');
    expect(tracer.at('refresh')).toMatchObject({ state: 'passed' });
  });

  it('goes on with what is known when there is no answer in time', async () => {
    const world = emptyWorld({ updateMethod: 'usersync' });
    const ada = addSynced(world);
    world.refreshLimitMs = 20;
    world.refresher.answer = () => new Promise(() => {});

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({ ok: true, person: { id: ada.id }, update: null });
    expect(tracer.at('refresh')).toMatchObject({
      state: 'warning',
      code: 'refresh-failed',
      facts: { reason: 'no answer in 0.02 seconds' },
    });
    expect(world.refresher.asked).toHaveLength(1);
    expect(world.refresher.asked[0]?.signal.aborted).toBe(true);
  });

  it('goes on when UserSync throws, and the log says what', async () => {
    const world = emptyWorld({ updateMethod: 'usersync' });
    addSynced(world);
    world.refresher.answer = () => Promise.reject(new Error('disk'));

    const { result, tracer } = await world.logIn();

    expect(result.ok).toBe(true);
    expect(JSON.stringify(tracer.entries)).not.toContain('disk');
    expect(world.reported).toHaveLength(1);
  });

  type Row = readonly [string, RefreshOutcome, Partial<LoginPerson> | null, string];
  const rows: readonly Row[] = [
    ['no answer and nobody known', { outcome: 'unavailable', reason: 'x' }, null, 'person-unknown'],
    [
      'no answer and one disabled',
      { outcome: 'unavailable', reason: 'x' },
      { active: false },
      'person-disabled',
    ],
    ['filtered', { outcome: 'filtered', reason: 'no required group' }, {}, 'person-filtered'],
    ['gone', { outcome: 'gone', person: null, reason: 'suspended in Okta' }, {}, 'person-disabled'],
    ['unknown to the source', { outcome: 'gone', person: null, reason: 'unknown' }, null, 'person-unknown'],
    ['a conflict', { outcome: 'failed', reason: 'the name is taken' }, {}, 'refresh-failed'],
  ];

  it.each(rows)('%s: nobody is linked', async (_what, outcome, known, code) => {
    const world = emptyWorld({ updateMethod: 'usersync' });
    if (known !== null) addSynced(world, known);
    world.refresher.answer = async () => outcome;

    const { result, tracer } = await world.logIn();

    expect(codeOf(result)).toBe(code);
    expect(tracer.failed()).toMatchObject({ code, step: 'refresh' });
    expect(tracer.steps().filter((step) => step === 'refresh')).toHaveLength(1);
    expect(world.people.identities()).toEqual([]);
    expect(world.people.calls).not.toContain('link');
  });

  it('does not link when the person becomes another’s in between', async () => {
    const world = emptyWorld({ updateMethod: 'usersync' });
    const ada = addSynced(world);
    const issuer = suite().upstream.issuer;
    answers(world, {}, () => ada);
    const { linkedSubjects } = world.people;
    world.people.linkedSubjects = async (...input) => {
      const found = await linkedSubjects.apply(world.people, input);
      await world.people.link({ directoryId, issuer, subject: '00u9', userId: ada.id, by: 'email' });
      return found;
    };

    const { result } = await world.logIn();

    expect(codeOf(result)).toBe('person-conflict');
    expect(world.people.identities()).toMatchObject([{ subject: '00u9' }]);
  });
});

describe('claims', () => {
  it('make the person, and keep them as the claims say', async () => {
    const world = emptyWorld({ updateMethod: 'claims', createUsers: true });
    const first = await world.logIn();
    const { person } = suite().upstream;
    suite().upstream.person = { ...person, family_name: 'King', name: 'Ada King' };

    const second = await world.logIn();
    suite().upstream.person = person;
    const third = await world.logIn();

    expect(first.result).toMatchObject({
      ok: true,
      update: { operation: 'create', by: 'claims', made: true },
    });
    expect(second.result).toMatchObject({
      person: { lastName: 'King', displayName: 'Ada King' },
      update: {
        operation: 'update',
        changes: [
          { attribute: 'lastName', before: 'Lovelace', after: 'King' },
          { attribute: 'displayName', before: 'Ada Lovelace', after: 'Ada King' },
        ],
      },
    });
    expect(third.result.ok).toBe(true);
    expect(world.people.all()).toHaveLength(1);
    expect(world.people.events(directoryId).map(({ operation }) => operation)).toEqual([
      'CREATED',
      'UPDATED',
      'UPDATED',
    ]);
    expect(third.tracer.at('person-found')).toMatchObject({ facts: { by: 'linked' } });
  });

  it('write nothing where nothing changed', async () => {
    const world = emptyWorld({ updateMethod: 'claims', createUsers: true });
    await world.logIn();

    const { result, tracer } = await world.logIn();

    expect(result).toMatchObject({ ok: true, update: null });
    expect(tracer.at('update')?.fact).toBe('nothing to change');
    expect(world.people.events(directoryId)).toHaveLength(1);
  });

  it('do not take a name that is somebody else’s', async () => {
    const world = emptyWorld({ updateMethod: 'claims', createUsers: true });
    world.people.add({ directoryId, username: 'ADA@acme.example' });

    const { result, tracer } = await world.logIn();

    expect(codeOf(result)).toBe('username-taken');
    expect(tracer.failed()).toMatchObject({ step: 'update', facts: { username: 'ada@acme.example' } });
    expect(world.people.identities()).toEqual([]);
  });

  it('leave the old name to one who is renamed to somebody else’s, and write the rest', async () => {
    const world = emptyWorld({ updateMethod: 'claims', createUsers: true });
    await world.logIn();
    world.people.add({ directoryId, username: 'Grace' });
    const { person } = suite().upstream;
    suite().upstream.person = { ...person, preferred_username: 'grace', given_name: 'Augusta' };

    const { result, tracer } = await world.logIn();
    suite().upstream.person = person;

    expect(result).toMatchObject({
      ok: true,
      person: { username: 'ada@acme.example', firstName: 'Augusta' },
    });
    expect(tracer.at('update')).toMatchObject({
      state: 'warning',
      code: 'username-taken',
      facts: { username: 'grace' },
    });
  });

  it('log in all the same when somebody else writes at the same moment', async () => {
    const world = emptyWorld({ updateMethod: 'claims', createUsers: true });
    await world.logIn();
    const { write } = world.people;
    world.people.write = (input) => {
      if (input.person !== null) world.people.change(input.person.id, { email: 'sync@acme.example' });
      return write.call(world.people, input);
    };
    const { person } = suite().upstream;
    suite().upstream.person = { ...person, family_name: 'King' };

    const { result, tracer } = await world.logIn();
    suite().upstream.person = person;

    expect(result.ok).toBe(true);
    expect(tracer.at('update')).toMatchObject({ state: 'warning', code: 'claims-unusable' });
    expect(world.people.all()[0]).toMatchObject({ email: 'sync@acme.example', lastName: 'Lovelace' });
  });

  it('make one user when two first logins come at once', async () => {
    const world = emptyWorld({ updateMethod: 'claims', createUsers: true });

    const done = await Promise.all(Array.from({ length: 6 }, () => world.logIn()));

    expect(done.map(({ result }) => result.ok)).toEqual(Array.from({ length: 6 }, () => true));
    expect(world.people.all()).toHaveLength(1);
  });

  it('by e-mail: links once, then the subject counts and not the e-mail', async () => {
    const world = emptyWorld({ updateMethod: 'none', matchBy: 'email' });
    const ada = addSynced(world);
    await world.logIn();
    const { person } = suite().upstream;
    suite().upstream.person = { ...person, email: 'someone@else.example', email_verified: false };

    const { result } = await world.logIn();
    suite().upstream.person = person;

    expect(result).toMatchObject({ ok: true, person: { id: ada.id } });
    expect(world.people.identities()).toMatchObject([{ by: 'email', userId: ada.id }]);
  });

  it('by e-mail: asks the directory for verified ones only', async () => {
    const world = emptyWorld({ updateMethod: 'none', matchBy: 'email' });
    addSynced(world);
    const { person } = suite().upstream;
    suite().upstream.person = { ...person, email_verified: 'true' };

    const { result, tracer } = await world.logIn();
    suite().upstream.person = person;

    expect(codeOf(result)).toBe('email-not-verified');
    expect(tracer.failed()).toMatchObject({ step: 'person-found', expected: 'true', seen: 'true' });
    expect(world.people.calls).not.toContain('findByEmail');
    expect(world.people.identities()).toEqual([]);
  });
});

describe('UserSync and claims', () => {
  it('lets claims fill what UserSync left blank, in one update', async () => {
    const world = emptyWorld({ updateMethod: 'usersync-and-claims' });
    const ada = addSynced(world);
    answers(
      world,
      { operation: 'update', changes: [{ attribute: 'email', before: '', after: 'ada@acme.example' }] },
      () => ada,
    );

    const { result } = await world.logIn();

    expect(result).toMatchObject({
      ok: true,
      person: { username: 'ada', firstName: 'Ada', lastName: 'Lovelace', displayName: 'Ada' },
      update: {
        by: 'usersync',
        changes: [
          { attribute: 'email', before: '', after: 'ada@acme.example' },
          { attribute: 'firstName', before: '', after: 'Ada' },
          { attribute: 'lastName', before: '', after: 'Lovelace' },
        ],
      },
    });
  });
});

describe('a test', () => {
  type Row = readonly [
    string,
    Parameters<typeof emptyWorld>[0],
    (world: LoginWorld) => void,
    Partial<LoginUpdate> | null,
  ];
  const rows: readonly Row[] = [
    [
      'of one who would be made by claims',
      { updateMethod: 'claims', createUsers: true },
      () => {},
      { operation: 'create', by: 'claims' },
    ],
    ['of one who would be linked by e-mail', { updateMethod: 'none', matchBy: 'email' }, addSynced, null],
    [
      'of one whom UserSync would make',
      { updateMethod: 'usersync' },
      (world) => answers(world, { operation: 'create', groupsAdded: ['Engineering'] }, () => null),
      { operation: 'create', by: 'usersync', groupsAdded: ['Engineering'] },
    ],
    [
      'of one whom UserSync would enable',
      { updateMethod: 'usersync' },
      (world) => {
        const ada = addSynced(world, { active: false });
        answers(world, { operation: 'enable' }, () => ada);
      },
      { operation: 'enable' },
    ],
    [
      'of one whom claims would complete',
      { updateMethod: 'usersync-and-claims' },
      (world) => {
        const ada = addSynced(world);
        answers(world, {}, () => ada);
      },
      { operation: 'update', by: 'claims' },
    ],
  ];

  it.each(rows)(
    '%s writes nothing, links nobody, and shows what it would do',
    async (_what, settings, arrange, update) => {
      const world = emptyWorld(settings);
      arrange(world);
      const before = world.people.all();

      const { result, tracer } = await world.logIn('test');

      expect(result).toMatchObject({ ok: true, purpose: { kind: 'test' } });
      if (update === null) expect(tracer.updates).toEqual([]);
      else expect(tracer.updates).toMatchObject([{ ...update, made: false }]);
      expect(world.people.all()).toEqual(before);
      expect(world.people.identities()).toEqual([]);
      expect(world.people.calls).not.toContain('write');
      expect(world.people.calls).not.toContain('link');
      expect(world.refresher.asked).toEqual([]);
      expect(tracer.at('result')?.fact).toBe('ada@acme.example would be logged in. Nothing was written.');
    },
  );

  it('finds out that a name is taken', async () => {
    const world = emptyWorld({ updateMethod: 'claims', createUsers: true });
    world.people.add({ directoryId, username: 'ada@ACME.example' });

    expect(codeOf((await world.logIn('test')).result)).toBe('username-taken');
  });

  it('fails where the plan would disable the person', async () => {
    const world = emptyWorld({ updateMethod: 'usersync' });
    const ada = addSynced(world);
    answers(world, { operation: 'disable' }, () => ada);

    expect(codeOf((await world.logIn('test')).result)).toBe('person-disabled');
  });
});
