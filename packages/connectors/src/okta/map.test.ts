import { describe, expect, it } from 'vitest';
import { mapGroups, mapUsers, presenceOf } from './map.ts';

const user = {
  id: '00ub0oNGTSWTBKOLGLNR',
  status: 'ACTIVE',
  lastUpdated: '2026-03-01T10:00:00.000Z',
  profile: { login: 'isaac@example.com', secondEmail: null, badges: ['a', 1, true] },
  _links: { self: { href: 'https://acme.okta.com' } },
};
const group = {
  id: '00g1emaKYZTWRYYRRTSK',
  type: 'OKTA_GROUP',
  lastUpdated: '2026-03-01T10:00:00.000Z',
  profile: { name: 'West Coast', description: 'Users west of the Rockies' },
  _embedded: { stats: { usersCount: 17 } },
};

describe('presenceOf', () => {
  it.each([
    ['ACTIVE', 'active'],
    ['PASSWORD_EXPIRED', 'active'],
    ['RECOVERY', 'active'],
    ['LOCKED_OUT', 'active'],
    ['STAGED', 'inactive'],
    ['PROVISIONED', 'inactive'],
    ['SUSPENDED', 'inactive'],
    ['DEPROVISIONED', 'inactive'],
    ['ACTIVATING', 'unknown'],
    ['active', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s -> %s', (status, presence) => {
    expect(presenceOf(status)).toBe(presence);
  });
});

describe('a user', () => {
  it('keeps the profile as it came, and nothing but what we use', () => {
    expect(mapUsers([user])).toEqual({
      rows: [
        {
          externalId: '00ub0oNGTSWTBKOLGLNR',
          status: 'ACTIVE',
          presence: 'active',
          updatedAt: '2026-03-01T10:00:00.000Z',
          profile: user.profile,
        },
      ],
      unreadable: 0,
      withoutId: 0,
    });
  });

  it.each([
    ['no time', { lastUpdated: undefined }],
    ['a time that is null', { lastUpdated: null }],
    ['a time that is a number', { lastUpdated: 1 }],
  ])('with %s is read all the same', (_name, change) => {
    expect(mapUsers([{ ...user, ...change }]).rows).toMatchObject([{ updatedAt: null, presence: 'active' }]);
  });

  it.each([
    ['no profile', { profile: undefined }, 'profile', ''],
    ['a profile that is a list', { profile: [] }, 'profile', ''],
    ['a profile that is null', { profile: null }, 'profile', ''],
    ['no status', { status: undefined }, 'status', 'isaac@example.com'],
    ['an empty status', { status: '' }, 'status', 'isaac@example.com'],
    ['a status that is a number', { status: 1 }, 'status', 'isaac@example.com'],
  ])('with %s is a failed row with its reason', (_name, change, field, label) => {
    expect(mapUsers([{ ...user, ...change }, user])).toMatchObject({
      rows: [
        {
          externalId: user.id,
          label,
          failure: { code: 'record-unreadable', facts: { field, problem: `it has no usable ${field}` } },
        },
        { presence: 'active' },
      ],
      unreadable: 1,
      withoutId: 0,
    });
  });

  it.each([
    ['null', null],
    ['a text', '00u1'],
    ['a list', ['00u1']],
    ['no id', { ...user, id: undefined }],
    ['an id that is a number', { ...user, id: 7 }],
    ['an empty id', { ...user, id: '' }],
    ['an id of 256', { ...user, id: 'x'.repeat(256) }],
    ['an id that climbs', { ...user, id: '../groups' }],
  ])('that is %s is counted, and dropped', (_name, record) => {
    expect(mapUsers([record])).toEqual({ rows: [], unreadable: 0, withoutId: 1 });
  });

  it('with an id of 255 is read', () => {
    expect(mapUsers([{ ...user, id: 'x'.repeat(255) }]).rows).toHaveLength(1);
  });
});

describe('a group', () => {
  it('is read with the number of its members', () => {
    expect(mapGroups([group]).rows).toEqual([
      {
        externalId: '00g1emaKYZTWRYYRRTSK',
        name: 'West Coast',
        description: 'Users west of the Rockies',
        type: 'OKTA_GROUP',
        selected: true,
        memberCount: 17,
        updatedAt: '2026-03-01T10:00:00.000Z',
      },
    ]);
  });

  it.each<[string, object, object]>([
    ['built-in is not selected', { type: 'BUILT_IN' }, { selected: false }],
    ['imported is selected', { type: 'APP_GROUP' }, { selected: true }],
    ['without description has an empty one', { profile: { name: 'a' } }, { description: '' }],
    [
      'with null as description has an empty one',
      { profile: { name: 'a', description: null } },
      { description: '' },
    ],
    ['without stats has an unknown number of members', { _embedded: undefined }, { memberCount: null }],
    ['with broken stats too', { _embedded: { stats: { usersCount: -1 } } }, { memberCount: null }],
    ['with an empty name is left to the plan', { profile: { name: '' } }, { name: '' }],
  ])('%s', (_name, change, expected) => {
    expect(mapGroups([{ ...group, ...change }]).rows).toMatchObject([expected]);
  });

  it.each([
    ['no name', { profile: { description: 'x' } }, 'name', ''],
    ['a name that is a number', { profile: { name: 7 } }, 'name', ''],
    ['no profile', { profile: undefined }, 'profile', ''],
    ['no type', { type: null }, 'type', 'West Coast'],
  ])('with %s is a failed row', (_name, change, field, label) => {
    expect(mapGroups([{ ...group, ...change }])).toMatchObject({
      rows: [{ externalId: group.id, label, failure: { code: 'record-unreadable', facts: { field } } }],
      unreadable: 1,
    });
  });
});
