import { describe, expect, it } from 'vitest';
import { decide, type LoginDecision } from './decide.ts';
import {
  adaClaims,
  candidatesWith,
  decideInput,
  localPerson,
  otherConnector,
  ourConnector,
  personMadeByLogin,
  refreshed,
  syncedPerson,
  unavailable,
} from './fixtures/people.ts';
import type { LoginPerson, RefreshOutcome } from './ports.ts';

/** A decision in one line of a table. */
function short(decision: LoginDecision): string {
  switch (decision.decision) {
    case 'refuse':
      return `refuse ${decision.refusal.code} at ${decision.refusal.step}`;
    case 'refresh-first':
      return `refresh ${decision.connectorId}/${decision.externalId}`;
    case 'log-in':
      return `log in ${decision.found.person.id} by ${decision.found.by}`;
    case 'create':
      return `create ${decision.attributes.username}`;
    case 'would-be-made':
      return 'would be made';
  }
}

describe('an e-mail takes nobody over', () => {
  const verified: readonly (readonly [string, unknown, boolean])[] = [
    ['true', true, true],
    ['false', false, false],
    ['absent', undefined, false],
    ['"true"', 'true', false],
    ['1', 1, false],
    ['null', null, false],
    ['"1"', '1', false],
    ['[true]', [true], false],
    ['{}', {}, false],
  ];
  const whom: readonly (readonly [string, LoginPerson, string])[] = [
    ['of the IdP’s directory, synced', syncedPerson({ connectorId: otherConnector }), 'log in 1'],
    ['made by a login', personMadeByLogin(), 'log in 1'],
    ['made by hand', localPerson(), 'refuse match-not-allowed'],
    ['disabled', syncedPerson({ connectorId: otherConnector, active: false }), 'refuse person-disabled'],
  ];
  const rows = verified.flatMap(([form, value, isVerified]) =>
    (['email', 'username'] as const).flatMap((matchBy) =>
      whom.map(([who, person, outcome]) => [form, matchBy, who, value, person, isVerified, outcome] as const),
    ),
  );

  it.each(rows)(
    'email_verified %s, by %s, one %s',
    (_form, matchBy, _who, value, person, isVerified, outcome) => {
      const claims = { ...adaClaims, email_verified: value };
      // Whoever asks the store, asks for verified ones only; the decision does not rest on that.
      const candidates = candidatesWith({ matches: isVerified ? [person] : [] });

      const decision = decide(
        decideInput({ matchBy, createUsers: true, updateMethod: 'claims' }, { claims, candidates }),
      );

      expect(short(decision)).toMatch(isVerified ? outcome : 'refuse email-not-verified at person-found');
    },
  );

  it('says what it saw in place of true', () => {
    const claims = { ...adaClaims, email_verified: 'true' };

    const decision = decide(decideInput({ matchBy: 'email' }, { claims }));

    expect(decision).toMatchObject({ refusal: { expected: 'true', seen: 'true' } });
    expect(decide(decideInput({ matchBy: 'email' }, { claims: {} }))).toMatchObject({
      refusal: { expected: 'true', seen: 'missing' },
    });
  });

  it.each([
    [
      'several fit',
      { matches: [syncedPerson(), syncedPerson({ id: 2 })] },
      'refuse match-not-unique at person-found',
    ],
    [
      'one of the several is local',
      { matches: [localPerson(), syncedPerson({ id: 2 })] },
      'refuse match-not-unique at person-found',
    ],
    [
      'linked to another subject of the issuer',
      { matches: [syncedPerson()], otherSubjects: ['00u9'] },
      'refuse person-conflict at person-found',
    ],
    [
      'local and linked to another subject',
      { matches: [localPerson()], otherSubjects: ['00u9'] },
      'refuse match-not-allowed at person-found',
    ],
    ['nobody fits', {}, 'refuse person-unknown at person-found'],
  ])('%s', (_what, candidates, outcome) => {
    const decision = decide(decideInput({ matchBy: 'email' }, { candidates: candidatesWith(candidates) }));

    expect(short(decision)).toBe(outcome);
  });

  it('does not match without opt-in, verified or not', () => {
    const decision = decide(decideInput({ matchBy: 'none', updateMethod: 'claims', createUsers: true }));

    expect(short(decision)).toBe('create ada@acme.example');
  });
});

describe('who it is', () => {
  const rows: readonly (readonly [string, Parameters<typeof decideInput>, string])[] = [
    ['linked', [{}, { candidates: candidatesWith({ linked: localPerson() }) }], 'log in 1 by linked'],
    [
      'linked, whatever the e-mail says',
      [{ matchBy: 'email' }, { claims: {}, candidates: candidatesWith({ linked: syncedPerson() }) }],
      'log in 1 by linked',
    ],
    [
      'linked and disabled',
      [{}, { candidates: candidatesWith({ linked: localPerson({ active: false }) }) }],
      'refuse person-disabled at person-found',
    ],
    ['nobody, method none', [{}, {}], 'refuse person-unknown at person-found'],
    ['nobody, method claims', [{ updateMethod: 'claims' }, {}], 'refuse person-unknown at person-found'],
    [
      'nobody, method claims with create',
      [{ updateMethod: 'claims', createUsers: true }, {}],
      'create ada@acme.example',
    ],
    [
      'nobody, method none with create',
      [{ updateMethod: 'none', createUsers: true }, {}],
      'refuse person-unknown at person-found',
    ],
    [
      'nobody, and claims that cannot be stored',
      [{ updateMethod: 'claims', createUsers: true }, { claims: { sub: '00u1', email: 'a@x' } }],
      'refuse claims-unusable at update',
    ],
  ];

  it.each(rows)('%s', (_what, input, outcome) => {
    expect(short(decide(decideInput(...input)))).toBe(outcome);
  });
});

describe('UserSync is asked first, once', () => {
  const sync = { updateMethod: 'usersync' } as const;
  const rows: readonly (readonly [string, Parameters<typeof decideInput>, string])[] = [
    ['nobody known', [sync, {}], 'refresh 11/00u1'],
    [
      'synced under the subject',
      [sync, { candidates: candidatesWith({ synced: syncedPerson() }) }],
      'refresh 11/00u1',
    ],
    [
      'synced, and linked to another subject',
      [sync, { candidates: candidatesWith({ synced: syncedPerson(), otherSubjects: ['00u9'] }) }],
      'refuse person-conflict at person-found',
    ],
    [
      'linked, synced under another id',
      [sync, { candidates: candidatesWith({ linked: syncedPerson({ externalId: '00u7' }) }) }],
      'refresh 11/00u7',
    ],
    [
      'linked, made by a login',
      [sync, { candidates: candidatesWith({ linked: personMadeByLogin() }) }],
      'refresh 11/00u1',
    ],
    [
      'linked and disabled: they may be enabled again',
      [sync, { candidates: candidatesWith({ linked: syncedPerson({ active: false }) }) }],
      'refresh 11/00u1',
    ],
    [
      'a match: the source id is better',
      [{ ...sync, matchBy: 'email' }, { candidates: candidatesWith({ matches: [localPerson()] }) }],
      'refresh 11/00u1',
    ],
    [
      'an unverified e-mail: the source id needs none',
      [{ ...sync, matchBy: 'email' }, { claims: {} }],
      'refresh 11/00u1',
    ],
    [
      'another provider: the subject is no source id',
      [{ ...sync, preset: 'oidc' }, {}],
      'refuse person-unknown at person-found',
    ],
    [
      'another provider, matched by e-mail',
      [
        { ...sync, preset: 'oidc', matchBy: 'email' },
        { candidates: candidatesWith({ matches: [syncedPerson({ externalId: '00u7' })] }) },
      ],
      'refresh 11/00u7',
    ],
    [
      'another provider, linked to a local user',
      [{ ...sync, preset: 'oidc' }, { candidates: candidatesWith({ linked: localPerson() }) }],
      'log in 1 by linked',
    ],
    [
      'another provider, nobody, with create',
      [{ updateMethod: 'usersync-and-claims', preset: 'oidc', createUsers: true }, {}],
      'create ada@acme.example',
    ],
    [
      'method claims',
      [{ updateMethod: 'claims' }, { candidates: candidatesWith({ linked: syncedPerson() }) }],
      'log in 1 by linked',
    ],
  ];

  it.each(rows)('%s', (_what, input, outcome) => {
    expect(short(decide(decideInput(...input)))).toBe(outcome);
  });
});

describe('what UserSync answers', () => {
  const sync = { updateMethod: 'usersync' } as const;
  const synced = candidatesWith({ synced: syncedPerson() });
  const disabled = candidatesWith({ synced: syncedPerson({ active: false }) });
  const linked = candidatesWith({ linked: syncedPerson() });
  const matched = candidatesWith({ matches: [syncedPerson({ id: 7, connectorId: otherConnector })] });
  const gone: RefreshOutcome = { outcome: 'gone', person: null, reason: 'Okta does not know 00u1' };
  const planned = (operation: 'create' | 'enable' | 'disable') => refreshed(null, { made: false, operation });
  type Row = readonly [string, RefreshOutcome, ReturnType<typeof candidatesWith>, string];
  const rows: readonly Row[] = [
    ['up to date', refreshed(syncedPerson()), synced, 'log in 1 by same-source'],
    ['up to date, linked', refreshed(syncedPerson()), linked, 'log in 1 by linked'],
    ['made just now', refreshed(syncedPerson(), { operation: 'create' }), synced, 'log in 1 by same-source'],
    [
      'disabled just now',
      refreshed(syncedPerson({ active: false }), { operation: 'disable' }),
      disabled,
      'refuse person-disabled at refresh',
    ],
    [
      'another person than the linked one',
      refreshed(syncedPerson({ id: 2 })),
      linked,
      'refuse person-conflict at refresh',
    ],
    ['nobody after all', refreshed(null), candidatesWith({}), 'refuse person-unknown at refresh'],
    [
      'filtered',
      { outcome: 'filtered', reason: 'no required group' },
      synced,
      'refuse person-filtered at refresh',
    ],
    ['failed', { outcome: 'failed', reason: 'name taken' }, synced, 'refuse refresh-failed at refresh'],
    ['gone, nobody known', gone, candidatesWith({}), 'refuse person-unknown at refresh'],
    ['gone, one known', gone, synced, 'refuse person-disabled at refresh'],
    [
      'gone, with the one who was disabled',
      { ...gone, person: syncedPerson({ active: false }) },
      candidatesWith({}),
      'refuse person-disabled at refresh',
    ],
    ['gone, another one matches: not taken', gone, matched, 'refuse person-unknown at refresh'],
    ['no answer, one known', unavailable, synced, 'log in 1 by same-source'],
    ['no answer, one linked', unavailable, linked, 'log in 1 by linked'],
    ['no answer, one known and disabled', unavailable, disabled, 'refuse person-disabled at refresh'],
    ['no answer, nobody known', unavailable, candidatesWith({}), 'refuse person-unknown at refresh'],
    ['no answer, one matches', unavailable, matched, 'log in 7 by email'],
    [
      'no answer, one matches who is another Okta id',
      unavailable,
      candidatesWith({ matches: [syncedPerson({ externalId: '00u7' })] }),
      'refuse person-conflict at refresh',
    ],
    [
      'no answer, several match',
      unavailable,
      candidatesWith({ matches: [syncedPerson(), syncedPerson({ id: 2 })] }),
      'refuse match-not-unique at refresh',
    ],
    [
      'no answer, a local one matches',
      unavailable,
      candidatesWith({ matches: [localPerson()] }),
      'refuse match-not-allowed at refresh',
    ],
    ['planned: would be made', planned('create'), candidatesWith({}), 'would be made'],
    ['planned: would be made, though another matches', planned('create'), matched, 'would be made'],
    [
      'planned: would be made beside the linked one',
      planned('create'),
      linked,
      'refuse person-conflict at refresh',
    ],
    ['planned: would be enabled', planned('enable'), disabled, 'log in 1 by same-source'],
    ['planned: would be disabled', planned('disable'), synced, 'refuse person-disabled at refresh'],
  ];

  it.each(rows)('%s', (_what, refresh, candidates, outcome) => {
    const input = decideInput({ ...sync, matchBy: 'email', createUsers: true }, { refresh, candidates });

    expect(short(decide(input))).toBe(outcome);
  });

  it('is never asked twice', () => {
    for (const refresh of [unavailable, refreshed(null), refreshed(syncedPerson())]) {
      for (const candidates of [synced, linked, matched, candidatesWith({})]) {
        expect(decide(decideInput(sync, { refresh, candidates })).decision).not.toBe('refresh-first');
      }
    }
  });

  it('hands its reason on', () => {
    const decision = decide(decideInput(sync, { refresh: gone }));

    expect(decision).toMatchObject({ refusal: { facts: { reason: 'Okta does not know 00u1' } } });
  });
});

describe('what claims write', () => {
  type Row = readonly [string, Parameters<typeof decideInput>[0], LoginPerson, object | null];
  const both = { updateMethod: 'usersync-and-claims' } as const;
  const all = {
    username: 'ada@acme.example',
    email: 'ada@acme.example',
    firstName: 'Ada',
    lastName: 'Lovelace',
    displayName: 'Ada Lovelace',
  };
  const rows: readonly Row[] = [
    ['none: nothing', {}, personMadeByLogin(), null],
    ['claims: all of one made by a login', { updateMethod: 'claims' }, personMadeByLogin(), all],
    ['claims: nothing of one of a connector', { updateMethod: 'claims' }, syncedPerson(), null],
    ['claims: nothing of one made by hand', { updateMethod: 'claims' }, localPerson(), null],
    ['usersync: nothing', { updateMethod: 'usersync' }, syncedPerson(), null],
    [
      'both: what is blank, of one of the connector',
      both,
      syncedPerson(),
      { ...all, username: 'ada', displayName: 'Ada' },
    ],
    ['both: nothing of one of another connector', both, syncedPerson({ connectorId: otherConnector }), null],
    ['both: all of one made by a login', both, personMadeByLogin(), all],
    ['both: nothing where nothing is blank', both, syncedPerson({ lastName: 'King' }), null],
  ];

  it.each(rows)('%s', (_what, settings, person, attributes) => {
    const refresh = settings.updateMethod?.startsWith('usersync') ? refreshed(person) : null;

    const decision = decide(
      decideInput(settings, { candidates: candidatesWith({ linked: person }), refresh }),
    );

    expect(decision).toMatchObject({ decision: 'log-in', problem: null });
    expect(decision.decision === 'log-in' ? decision.attributes : undefined).toEqual(attributes);
  });

  it.each([
    ['what is not said stays', { given_name: 'Augusta' }, { firstName: 'Augusta', username: 'ada' }],
    ['a blank claim is not said', { given_name: ' ', email: '' }, null],
    [
      'a full name is put together',
      { given_name: 'Augusta', family_name: 'King' },
      { displayName: 'Augusta King' },
    ],
    [
      'a user name makes no full name',
      { preferred_username: 'augusta' },
      { username: 'augusta', displayName: 'Ada' },
    ],
  ])('%s', (_what, claims, changed) => {
    // Without the claim that names the user nothing can be mapped, so each row brings one.
    const said = { preferred_username: 'ada', ...claims };
    const candidates = candidatesWith({ linked: personMadeByLogin() });

    const decision = decide(decideInput({ updateMethod: 'claims' }, { claims: said, candidates }));

    const attributes = decision.decision === 'log-in' ? decision.attributes : undefined;
    if (changed === null) expect(attributes).toBeNull();
    else expect(attributes).toMatchObject(changed);
  });

  it.each([
    ['no user name', {}, 'There is no claim preferred_username, which becomes the username.'],
    [
      'too long',
      { preferred_username: 'a', name: 'x'.repeat(256) },
      'The claim for the full name is longer than 255 characters, which the products cannot store.',
    ],
    ['no text', { preferred_username: 'a', email: ['x'] }, 'The claim for the e-mail is not text.'],
    [
      'a control character',
      { preferred_username: 'a', given_name: 'A\u0007' },
      'The claim for the first name holds a control character.',
    ],
    [
      'half a character',
      { preferred_username: 'a', family_name: '\udc00' },
      'The claim for the last name holds half a character, which cannot be stored.',
    ],
  ])('a known one logs in also with claims that cannot be stored: %s', (_what, claims, problem) => {
    const candidates = candidatesWith({ linked: personMadeByLogin() });

    const decision = decide(decideInput({ updateMethod: 'claims' }, { claims, candidates }));

    expect(decision).toMatchObject({ decision: 'log-in', attributes: null, problem });
  });

  it('a test holds claims against what UserSync would leave', () => {
    const changes = [{ attribute: 'lastName', before: '', after: 'King' }];
    const refresh = refreshed(syncedPerson(), { made: false, operation: 'update', changes });
    const candidates = candidatesWith({ synced: syncedPerson() });

    const decision = decide(decideInput(both, { candidates, refresh }));

    expect(decision).toMatchObject({ decision: 'log-in', attributes: null });
  });

  it('is pure: the same input gives the same decision', () => {
    const input = decideInput(both, {
      candidates: candidatesWith({ linked: syncedPerson() }),
      refresh: unavailable,
    });

    expect(decide(input)).toEqual(decide(structuredClone(input)));
    expect(input.upstream.connectorId).toBe(ourConnector);
  });
});
