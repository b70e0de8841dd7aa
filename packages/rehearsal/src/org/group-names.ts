import type { Random } from './random.ts';
import type { GroupType } from './types.ts';

export type NamedGroup = { readonly name: string; readonly type: Exclude<GroupType, 'BUILT_IN'> };

const DEPARTMENTS = [
  'Engineering',
  'Sales',
  'Finance',
  'Legal',
  'Support',
  'Marketing',
  'Security',
  'Facilities',
  'Research',
  'Platform',
] as const;
const REGIONS = ['EMEA', 'APAC', 'Americas', 'DACH', 'Nordics', 'Global'] as const;
const ROLES = ['Team', 'Managers', 'Contractors', 'On-call', 'Approvers', 'Readers'] as const;
const APPS = ['jira', 'confluence', 'bitbucket', 'bamboo', 'vpn', 'git', 'wiki', 'hr'] as const;
const LEVELS = ['users', 'admins', 'developers', 'viewers'] as const;

/** Names that broke somebody's import once, in the order in which small orgs get them. */
export const NASTY_GROUPS: readonly NamedGroup[] = [
  { name: 'engineering', type: 'OKTA_GROUP' },
  { name: 'Engineering', type: 'OKTA_GROUP' },
  { name: 'Ops/EMEA \u2013 Z\u00fcrich', type: 'OKTA_GROUP' },
  { name: 'CORP\\Domain Users', type: 'APP_GROUP' },
  { name: '\u55b6\u696d\u90e8/\u6771\u4eac', type: 'OKTA_GROUP' },
  { name: '<script>alert(1)</script>', type: 'OKTA_GROUP' },
  { name: '__proto__', type: 'OKTA_GROUP' },
  { name: 'Caf\u00e9', type: 'OKTA_GROUP' },
  { name: 'Cafe\u0301', type: 'OKTA_GROUP' },
  { name: 'CN=Foo\\, Bar,OU=Groups,DC=corp,DC=example', type: 'APP_GROUP' },
  { name: 'a/b/c', type: 'OKTA_GROUP' },
  { name: 'Team "Quoted", Inc.', type: 'OKTA_GROUP' },
  { name: '  spaces at both ends  ', type: 'OKTA_GROUP' },
  { name: 'everyone', type: 'APP_GROUP' },
  { name: '\u05e6\u05d5\u05d5\u05ea \u05e4\u05d9\u05ea\u05d5\u05d7', type: 'OKTA_GROUP' },
  { name: '%2Fetc%2Fpasswd', type: 'APP_GROUP' },
  { name: 'constructor', type: 'APP_GROUP' },
  { name: 'null', type: 'APP_GROUP' },
  { name: '0', type: 'APP_GROUP' },
  { name: 'x'.repeat(255), type: 'APP_GROUP' },
  { name: '\u00e9'.repeat(255), type: 'APP_GROUP' },
  { name: 'a+b=c?d#e', type: 'APP_GROUP' },
];

/**
 * Names and types for `count` groups without Everyone: the nasty ones first, then ordinary ones, 56 %
 * OKTA_GROUP and 44 % APP_GROUP over all.
 */
export function nameGroups(count: number, random: Random): NamedGroup[] {
  const named: NamedGroup[] = NASTY_GROUPS.slice(0, count);
  const taken = new Set(named.map((group) => group.name));
  const wantedAppGroups = Math.round(count * 0.44);
  let appGroups = named.filter((group) => group.type === 'APP_GROUP').length;

  while (named.length < count) {
    const isAppGroup = wantedAppGroups - appGroups > random.next() * (count - named.length);
    const name = freeName(isAppGroup ? appGroupName(random) : oktaGroupName(random), taken);
    taken.add(name);
    if (isAppGroup) appGroups += 1;
    named.push({ name, type: isAppGroup ? 'APP_GROUP' : 'OKTA_GROUP' });
  }
  return named;
}

function oktaGroupName(random: Random): string {
  return `${random.pick(REGIONS)} ${random.pick(DEPARTMENTS)} ${random.pick(ROLES)}`;
}

function appGroupName(random: Random): string {
  return `app-${random.pick(APPS)}-${random.pick(REGIONS).toLowerCase()}-${random.pick(LEVELS)}`;
}

function freeName(stem: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem} ${number}`;
    if (!taken.has(name)) return name;
  }
}
