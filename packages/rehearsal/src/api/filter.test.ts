import { describe, expect, it } from 'vitest';
import { OktaError } from '../okta-error.ts';
import type { Group, User } from '../org/types.ts';
import { matchGroups, matchUsers } from './filter-match.ts';

const USER: User = {
  position: 0,
  id: '00uAbCdEfGhIjKlMnOpQ',
  status: 'ACTIVE',
  created: '2020-01-01T00:00:00.000Z',
  activated: null,
  statusChanged: null,
  lastLogin: null,
  lastUpdated: '2024-05-06T07:08:09.000Z',
  passwordChanged: null,
  provider: 'OKTA',
  profile: {
    login: 'zo\u00eb@rehearsal.example',
    email: 'Zoe@rehearsal.example',
    firstName: 'Zo\u00eb',
    lastName: 'O"Brien',
    skills: ['scala', 'C++'],
    remote: true,
    badgeNumber: 17,
    secondEmail: null,
  },
};

const GROUP: Group = {
  position: 1,
  id: '00gAbCdEfGhIjKlMnOpQ',
  type: 'OKTA_GROUP',
  created: '2020-01-01T00:00:00.000Z',
  lastUpdated: '2021-01-01T00:00:00.000Z',
  lastMembershipUpdated: '2024-01-01T00:00:00.000Z',
  profile: { name: 'Engineering', description: null },
  sourceId: null,
  appsCount: 0,
};

describe('users', () => {
  it.each<['filter' | 'search', string, boolean]>([
    ['filter', 'status eq "ACTIVE"', true],
    ['filter', 'status eq "active"', false],
    ['filter', 'id eq "00uAbCdEfGhIjKlMnOpQ"', true],
    ['filter', 'id eq "00uabcdefghijklmnopq"', false],
    ['filter', 'lastUpdated gt "2024-05-06T07:08:09.000Z"', false],
    ['filter', 'lastUpdated ge "2024-05-06T07:08:09.000Z"', true],
    ['filter', 'lastUpdated gt "2024-05-06T07:08:08Z" and status eq "ACTIVE"', true],
    ['filter', 'profile.login eq "zo\u00eb@rehearsal.example"', true],
    ['search', 'status pr', true],
    ['search', 'statusChanged pr', false],
    ['search', 'status eq "active"', true],
    ['search', 'profile.email eq "zoe@REHEARSAL.example"', true],
    ['search', 'profile.firstName eq "Zoe"', false],
    ['search', 'profile.lastName eq "O\\"Brien"', true],
    ['search', 'profile.login co "REHEARSAL"', true],
    ['search', 'profile.firstName sw "zo"', true],
    ['search', 'profile.skills eq "SCALA"', true],
    ['search', 'profile.remote eq true', true],
    ['search', 'profile.badgeNumber eq 17', true],
    ['search', 'profile.secondEmail pr', false],
    ['search', 'profile.constructor pr', false],
    ['search', 'lastUpdated gt "2024-05-06T09:08:08.000+02:00"', true],
    ['search', 'lastUpdated lt 2024-05-06T07:08:10.000Z', true],
    ['search', 'status eq "STAGED" or status eq "ACTIVE" and id pr', true],
    ['search', '(status eq "ACTIVE" or id pr) and profile.firstName eq "Bob"', false],
    ['search', 'status eq "STAGED" OR profile.firstName eq "ZO\u00cb"', true],
  ])('%s=%s', (kind, expression, expected) => {
    expect(matchUsers(kind, expression)(USER)).toBe(expected);
  });

  it.each<['filter' | 'search', string]>([
    ['filter', 'status ne "ACTIVE"'],
    ['filter', 'status pr'],
    ['filter', 'status gt "ACTIVE"'],
    ['filter', 'not (status eq "ACTIVE")'],
    ['filter', 'profile.department eq "IT"'],
    ['filter', 'created gt "2024-01-01T00:00:00.000Z"'],
    ['search', 'profile.title co "Eng"'],
    ['search', 'lastUpdated gt "yesterday"'],
    ['search', 'lastUpdated gt "2024"'],
    ['search', 'status eq'],
    ['search', 'status'],
    ['search', '"status" eq "ACTIVE"'],
    ['search', 'status eq "ACTIVE" and'],
    ['search', '(status eq "ACTIVE"'],
    ['search', 'status eq "ACTIVE")'],
    ['search', 'status eq "ACTIVE'],
    ['search', `${'('.repeat(30)}status pr${')'.repeat(30)}`],
    ['search', `status eq "${'x'.repeat(5000)}"`],
    ['search', ''],
  ])('refuses %s=%s', (kind, expression) => {
    expect(() => matchUsers(kind, expression)).toThrow(OktaError);
  });
});

describe('groups', () => {
  it.each<['filter' | 'search', string, boolean]>([
    ['filter', 'type eq "OKTA_GROUP"', true],
    ['filter', 'type eq "APP_GROUP"', false],
    ['filter', 'id eq "00gAbCdEfGhIjKlMnOpQ"', true],
    ['filter', 'lastUpdated gt "2023-01-01T00:00:00.000Z"', false],
    [
      'filter',
      'lastUpdated gt "2023-01-01T00:00:00.000Z" or lastMembershipUpdated gt "2023-01-01T00:00:00.000Z"',
      true,
    ],
    ['search', 'profile.name sw "engi"', true],
    ['search', 'profile.name co "NEER"', true],
    ['search', 'source.id pr', false],
  ])('%s=%s', (kind, expression, expected) => {
    expect(matchGroups(kind, expression)(GROUP)).toBe(expected);
  });

  it.each<['filter' | 'search', string]>([
    ['filter', 'profile.name eq "Engineering"'],
    ['filter', 'lastMembershipUpdated gt "soon"'],
    ['search', 'members eq "x"'],
  ])('refuses %s=%s', (kind, expression) => {
    expect(() => matchGroups(kind, expression)).toThrow(OktaError);
  });
});
