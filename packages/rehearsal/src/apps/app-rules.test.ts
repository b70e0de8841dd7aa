import { describe, expect, it } from 'vitest';
import { OktaError } from '../okta-error.ts';
import { Organisation } from '../org/organisation.ts';
import type { App } from './app.ts';
import { type AppSettings, checkSettings, resolveAssignments, wholeRegex } from './app-rules.ts';
import { changedAssignments, groupsClaim, isAssigned } from './assignment.ts';

const GOOD: AppSettings = {
  name: 'Good',
  kind: 'web',
  redirectUris: ['https://good.example/cb'],
  postLogoutRedirectUris: [],
  assignments: { everyone: true, people: [], groups: [] },
  requirePkce: false,
  groupsRegex: null,
};

function causesOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    return error instanceof OktaError ? error.causes.map((cause) => cause.split(':')[0] ?? '') : ['?'];
  }
}

describe('settings', () => {
  it.each<[string, Partial<AppSettings>, string[]]>([
    ['good ones', {}, []],
    ['http, a port and a query', { redirectUris: ['http://127.0.0.1:8484/cb?x=1'] }, []],
    ['a scheme of its own, native', { kind: 'native', redirectUris: ['com.example.app:/cb'] }, []],
    ['a scheme of its own, web', { redirectUris: ['com.example.app:/cb'] }, ['redirectUris']],
    [
      'a scheme that runs script',
      { kind: 'native', redirectUris: ['javascript:alert(1)'] },
      ['redirectUris'],
    ],
    ['an empty fragment', { redirectUris: ['https://good.example/#'] }, ['redirectUris']],
    ['a space inside', { redirectUris: ['https://good.example/a b'] }, ['redirectUris']],
    ['blanks only', { redirectUris: ['', '  '] }, ['redirectUris']],
    ['an expression that is none', { groupsRegex: '[' }, ['groupsRegex']],
    ['an endless expression', { groupsRegex: 'x'.repeat(201) }, ['groupsRegex']],
    [
      'everything wrong',
      { name: '', redirectUris: [], postLogoutRedirectUris: ['x'] },
      ['name', 'redirectUris', 'postLogoutRedirectUris'],
    ],
  ])('%s', (_name, changes, causes) => {
    expect(causesOf(() => checkSettings({ ...GOOD, ...changes }))).toEqual(causes);
  });

  it('trims, drops doubles, and always requires PKCE where there is no secret', () => {
    const uri = 'https://good.example/cb';
    const checked = checkSettings({
      ...GOOD,
      kind: 'spa',
      name: ' Good ',
      redirectUris: [` ${uri} `, uri, ''],
    });

    expect(checked).toMatchObject({ name: 'Good', redirectUris: [uri], requirePkce: true });
  });
});

describe('assignments', () => {
  const organisation = new Organisation({ users: 60, groups: 12, seed: 7 });
  const user = organisation.users.find(
    (candidate) => candidate && organisation.groupsOf(candidate).length > 1,
  );
  const [everyone, group] = user ? organisation.groupsOf(user) : [];
  if (!user || !group || !everyone) throw new Error('the organization has nobody in a group');
  const app: App = { ...GOOD, id: '0oa', status: 'ACTIVE', secret: 's', created: 0 };

  it.each<[string, Parameters<typeof resolveAssignments>[1], boolean]>([
    ['everyone', 'everyone', true],
    ['nobody', 'nobody', false],
    [
      'the person, by login in another case',
      { people: [user.profile.login.toUpperCase()], groups: [] },
      true,
    ],
    ['the person’s group, by name', { people: [], groups: [group.profile.name] }, true],
    ['the group Everyone', { people: [], groups: [everyone.id] }, true],
    [
      'somebody else',
      { people: [organisation.users.find((other) => other && other !== user)?.id ?? ''], groups: [] },
      false,
    ],
  ])('%s', (_name, input, expected) => {
    const assignments = resolveAssignments(organisation, input);

    expect(isAssigned(organisation, { ...app, assignments }, user)).toBe(expected);
  });

  it('names everybody who is not there', () => {
    const work = () => resolveAssignments(organisation, { people: ['nobody'], groups: ['no group'] });

    expect(causesOf(work)).toEqual(['people', 'groups']);
  });

  it('are added and taken away', () => {
    const former = { everyone: false, people: ['a', 'b'], groups: ['g'] };

    expect(changedAssignments(former, { everyone: true, people: ['b', 'c'], groups: [] }, true)).toEqual({
      everyone: true,
      people: ['a', 'b', 'c'],
      groups: ['g'],
    });
    expect(changedAssignments(former, { everyone: false, people: ['b'], groups: ['g'] }, false)).toEqual({
      everyone: false,
      people: ['a'],
      groups: [],
    });
  });

  it('the groups claim matches whole names, and is not there without a filter', () => {
    const escaped = group.profile.name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

    expect(groupsClaim(organisation, app, user)).toBeNull();
    expect(groupsClaim(organisation, { ...app, groupsRegex: escaped }, user)).toEqual([group.profile.name]);
    expect(wholeRegex('a|b').test('ab')).toBe(false);
  });
});
