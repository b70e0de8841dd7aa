import { randomBytes } from 'node:crypto';
import type { App } from '../apps/app.ts';
import { groupsClaim } from '../apps/assignment.ts';
import type { Organisation } from '../org/organisation.ts';
import type { User } from '../org/types.ts';

/** Okta refuses a login whose `groups` claim would hold more. */
export const MOST_GROUPS = 100;

/** The claims of each scope. */
export const CLAIMS_OF_SCOPE = {
  openid: ['sub', 'ver', 'jti', 'amr', 'idp', 'auth_time', 'at_hash'],
  profile: [
    'name',
    'preferred_username',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number'],
  address: ['address'],
  groups: ['groups'],
} as const;

export const ID_TOKEN_CLAIMS: readonly string[] = [
  'iss',
  'aud',
  'iat',
  'exp',
  'nonce',
  ...Object.values(CLAIMS_OF_SCOPE).flat(),
];

/** Everything the org says about a person; the scopes asked for decide what of it is sent. */
export function personClaims(user: User): Record<string, unknown> {
  const { profile } = user;
  const text = (name: string) => (typeof profile[name] === 'string' ? profile[name] : undefined);
  const names = [text('firstName'), text('lastName')].filter((name) => name !== undefined).join(' ');
  const address = {
    street_address: text('streetAddress'),
    locality: text('city'),
    region: text('state'),
    postal_code: text('zipCode'),
    country: text('countryCode'),
  };
  const hasAddress = Object.values(address).some((part) => part !== undefined);
  return withoutUndefined({
    sub: user.id,
    name: text('displayName') ?? (names || profile.login),
    preferred_username: profile.login,
    given_name: text('firstName'),
    family_name: text('lastName'),
    middle_name: text('middleName'),
    nickname: text('nickName'),
    zoneinfo: text('timezone') ?? 'America/Los_Angeles',
    locale: text('locale') ?? 'en_US',
    updated_at: Math.floor(Date.parse(user.lastUpdated) / 1000),
    email: profile.email,
    email_verified: true,
    phone_number: text('primaryPhone') ?? text('mobilePhone'),
    address: hasAddress ? withoutUndefined(address) : undefined,
  });
}

/** What an ID token holds besides: Okta's own claims, and the groups if the app's filter lets any through. */
export function idTokenExtras(organisation: Organisation, app: App, user: User): Record<string, unknown> {
  const groups = groupsClaim(organisation, app, user);
  return {
    ver: 1,
    jti: `ID.${randomBytes(24).toString('base64url')}`,
    idp: '00orehearsal00000000',
    ...(groups === null ? {} : { groups }),
  };
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
