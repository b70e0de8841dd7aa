import { describe, expect, it } from 'vitest';
import { foldLogin } from './fold.ts';
import { groupSizes } from './generate-groups.ts';
import { generateOrg } from './generate-org.ts';
import { NASTY_GROUPS } from './group-names.ts';
import { NASTY_NAMES } from './person-names.ts';
import type { User } from './types.ts';

const LARGE = generateOrg({ users: 10_000, groups: 300, seed: 7 });
const SMALL = generateOrg({ users: 500, groups: 40, seed: 7 });

function share(test: (user: User) => boolean): number {
  return LARGE.users.filter(test).length / LARGE.users.length;
}

const has = (attribute: string) => (user: User) => user.profile[attribute] !== undefined;

describe('generateOrg', () => {
  it.each<[string, number, number, (user: User) => boolean]>([
    ['ACTIVE', 0.78, 0.02, (user) => user.status === 'ACTIVE'],
    ['DEPROVISIONED', 0.1, 0.015, (user) => user.status === 'DEPROVISIONED'],
    ['PROVISIONED', 0.04, 0.01, (user) => user.status === 'PROVISIONED'],
    ['STAGED', 0.03, 0.008, (user) => user.status === 'STAGED'],
    ['SUSPENDED', 0.02, 0.006, (user) => user.status === 'SUSPENDED'],
    ['PASSWORD_EXPIRED', 0.02, 0.006, (user) => user.status === 'PASSWORD_EXPIRED'],
    ['LOCKED_OUT', 0.005, 0.003, (user) => user.status === 'LOCKED_OUT'],
    ['RECOVERY', 0.005, 0.003, (user) => user.status === 'RECOVERY'],
    ['login is the e-mail', 0.88, 0.02, ({ profile }) => profile.login === profile.email],
    ['other mail domain', 0.06, 0.01, ({ profile }) => profile.email.includes('@mail.')],
    ['login without @', 0.03, 0.008, ({ profile }) => !profile.login.includes('@')],
    [
      'differ in case only',
      0.02,
      0.006,
      ({ profile }) => profile.login !== profile.email && profile.login === profile.email.toLowerCase(),
    ],
    ['login of 88 characters', 0.005, 0.003, ({ profile }) => profile.login.length === 88],
    ['display name', 0.3, 0.02, has('displayName')],
    ['Service Account', 0.02, 0.006, ({ profile }) => profile.displayName === 'Service Account'],
    ['department', 0.75, 0.02, has('department')],
    ['address', 0.6, 0.02, has('countryCode')],
    ['manager', 0.4, 0.02, has('managerId')],
    ['custom attributes', 0.2, 0.015, has('badgeNumber')],
    ['no statusChanged', 0.1, 0.015, (user) => user.statusChanged === null],
    ['from Active Directory', 0.4, 0.02, (user) => user.provider === 'ACTIVE_DIRECTORY'],
  ])('has the share of people: %s', (_name, expected, tolerance, test) => {
    const actual = share(test);

    expect(actual).toBeGreaterThan(expected - tolerance);
    expect(actual).toBeLessThan(expected + tolerance);
  });

  it('shares some e-mail addresses between people, and no login', () => {
    const emails = LARGE.users.map((user) => user.profile.email.toLowerCase());
    const logins = LARGE.users.map((user) => foldLogin(user.profile.login));

    expect(emails.length - new Set(emails).size).toBeGreaterThan(20);
    expect(emails.length - new Set(emails).size).toBeLessThan(100);
    expect(new Set(logins).size).toBe(LARGE.users.length);
  });

  it.each([
    [500, SMALL],
    [10_000, LARGE],
  ])('has one pair of ids that differ in letter case only, at %i people', (_count, org) => {
    const ids = org.users.map((user) => user.id);

    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length - 1);
    expect(ids.every((id) => /^00u[0-9A-Za-z]{17}$/.test(id))).toBe(true);
  });

  it.each([
    [500, SMALL],
    [10_000, LARGE],
  ])('has every nasty name, at %i people', (_count, org) => {
    const known = new Set(org.users.map(({ profile }) => `${profile.firstName}|${profile.lastName}`));
    const missing = NASTY_NAMES.filter((name) => !known.has(`${name.firstName}|${name.lastName}`));
    const groups = new Set(org.groups.map((group) => group.profile.name));

    expect(missing).toEqual([]);
    expect(NASTY_GROUPS.filter((group) => !groups.has(group.name))).toEqual([]);
  });

  it('keeps within what Okta can hold', () => {
    const texts = LARGE.users.flatMap(({ profile }) =>
      Object.values(profile).filter((value) => typeof value === 'string'),
    );
    const lengths = LARGE.users.flatMap(({ profile }) => [profile.login.length, profile.email.length]);
    const names = LARGE.users.map(({ profile }) => String(profile.lastName ?? 'x').length);

    expect(texts.filter((text) => /[\u{10000}-\u{10ffff}]/u.test(text))).toEqual([]);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(100);
    expect(Math.max(...names)).toBeLessThanOrEqual(50);
  });

  it.each<[string, (user: User) => boolean]>([
    ['activated', (user) => (user.activated === null) === ['STAGED', 'PROVISIONED'].includes(user.status)],
    ['lastLogin', (user) => user.lastLogin === null || user.status === 'ACTIVE'],
    ['lastUpdated', (user) => user.lastUpdated >= user.created && user.lastUpdated.endsWith('.000Z')],
    ['statusChanged', (user) => user.statusChanged === null || user.statusChanged <= user.lastUpdated],
  ])('tells times that make sense: %s', (_name, test) => {
    expect(LARGE.users.filter((user) => !test(user))).toEqual([]);
  });

  it('draws group types, sizes and members by the recipe', () => {
    const others = LARGE.groups.slice(1);
    const appShare = others.filter((group) => group.type === 'APP_GROUP').length / others.length;
    const sizes = LARGE.members.slice(1).map((members) => members.length);
    const live = LARGE.users.filter((user) => user.status !== 'DEPROVISIONED').length;
    const inSome = new Set(LARGE.members.slice(1).flat());
    const aloneShare =
      LARGE.users.filter((user) => user.status !== 'DEPROVISIONED' && !inSome.has(user.position)).length /
      live;
    const leavers = LARGE.users.filter((user) => user.status === 'DEPROVISIONED');
    const leaversInGroups = leavers.filter((user) => inSome.has(user.position)).length / leavers.length;

    expect(LARGE.groups[0]?.type).toBe('BUILT_IN');
    expect(LARGE.members[0]).toHaveLength(10_000);
    expect(appShare).toBeCloseTo(0.44, 1);
    expect(sizes.filter((size) => size === 0)).toHaveLength(45);
    expect(sizes.filter((size) => size === 1)).toHaveLength(15);
    expect(Math.max(...sizes)).toBe(Math.round(live * 0.6));
    expect(aloneShare).toBeGreaterThan(0.03);
    expect(aloneShare).toBeLessThan(0.07);
    expect(leaversInGroups).toBeGreaterThan(0.2);
    expect(leaversInGroups).toBeLessThan(0.35);
    expect(
      LARGE.members.every((members) => members.every((at, i) => i === 0 || at > (members[i - 1] ?? 0))),
    ).toBe(true);
  });

  it('gives the same org for the same recipe, and another for another seed', () => {
    const recipe = { users: 500, groups: 40, seed: 7 };

    expect(generateOrg(recipe)).toEqual(SMALL);
    expect(generateOrg({ ...recipe, seed: 8 }).users[3]?.id).not.toBe(SMALL.users[3]?.id);
  });

  it.each([
    [{ users: 2, groups: 40, seed: 7 }],
    [{ users: 10.5, groups: 40, seed: 7 }],
    [{ users: 500, groups: 0, seed: 7 }],
    [{ users: 500, groups: 40, seed: -1 }],
  ])('refuses %j', (recipe) => {
    expect(() => generateOrg(recipe)).toThrow(RangeError);
  });
});

describe('groupSizes', () => {
  it.each([
    [299, 9000, { first: 5400, total: 299, empty: 45 }],
    [39, 450, { first: 270, total: 39, empty: 6 }],
    [0, 450, { first: undefined, total: 0, empty: 0 }],
  ])('draws sizes for %i groups and %i people', (count, live, expected) => {
    const sizes = groupSizes(count, live);

    expect(sizes[0]).toBe(expected.first);
    expect(sizes).toHaveLength(expected.total);
    expect(sizes.filter((size) => size === 0)).toHaveLength(expected.empty);
  });
});
