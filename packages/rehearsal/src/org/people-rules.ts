import { validationFailed } from '../okta-error.ts';
import type { Organisation } from './organisation.ts';
import type { ProfileValue, User, UserProfile } from './types.ts';

/** The base attributes a person of the rehearsal may carry (Okta's `UserProfile`), besides custom ones. */
export const TEXT_ATTRIBUTES = [
  'login',
  'email',
  'firstName',
  'lastName',
  'displayName',
  'nickName',
  'middleName',
  'title',
  'department',
  'division',
  'organization',
  'employeeNumber',
  'userType',
  'costCenter',
  'manager',
  'managerId',
  'secondEmail',
  'mobilePhone',
  'primaryPhone',
  'streetAddress',
  'city',
  'state',
  'zipCode',
  'countryCode',
  'postalAddress',
  'locale',
  'preferredLanguage',
  'timezone',
  'profileUrl',
  'honorificPrefix',
  'honorificSuffix',
] as const;

const LENGTHS: Readonly<Record<string, readonly [number, number]>> = {
  login: [5, 100],
  email: [5, 100],
  firstName: [1, 50],
  lastName: [1, 50],
};
const LONGEST_TEXT = 1024;
const ALWAYS_PRESENT = new Set(['firstName', 'lastName', 'mobilePhone', 'secondEmail']);

/** Changes to a profile: null or an empty text clears an attribute; what is not named stays. */
export type ProfileChanges = Readonly<Record<string, ProfileValue>>;

/**
 * A profile with the changes made and Okta's rules kept: lengths, characters of up to three UTF-8
 * bytes, an e-mail shape, a login that nobody else has. Throws OktaError E0000001 naming every field.
 */
export function mergeProfile(
  organisation: Organisation,
  former: User | undefined,
  changes: ProfileChanges,
): UserProfile {
  const merged: Record<string, ProfileValue> = { ...(former?.profile ?? emptyProfile()) };
  for (const [attribute, value] of Object.entries(changes)) {
    const isCleared = value === null || value === '';
    if (!isCleared) merged[attribute] = value;
    else if (ALWAYS_PRESENT.has(attribute)) merged[attribute] = null;
    else delete merged[attribute];
  }

  const causes = Object.entries(merged).flatMap(([attribute, value]) => faultsOf(attribute, value));
  const { login, email, ...others } = merged;
  if (typeof login !== 'string') causes.push('login: The field cannot be left blank');
  if (typeof email !== 'string') causes.push('email: The field cannot be left blank');
  if (typeof login !== 'string' || typeof email !== 'string') throw validationFailed(subject(causes), causes);

  const holder = organisation.userByLogin(login);
  if (holder && holder.position !== former?.position) {
    causes.push('login: An object with this field already exists in the current organization');
  }
  if (causes.length > 0) throw validationFailed(subject(causes), causes);
  return { ...others, login, email };
}

function emptyProfile(): ProfileChanges {
  return { firstName: null, lastName: null, mobilePhone: null, secondEmail: null };
}

function faultsOf(attribute: string, value: ProfileValue): string[] {
  if (typeof value !== 'string') return [];
  const faults: string[] = [];
  const [least, most] = LENGTHS[attribute] ?? [0, LONGEST_TEXT];
  if (value.length < least || value.length > most) {
    faults.push(`${attribute}: The field must be between ${least} and ${most} characters`);
  }
  if (/[\u{10000}-\u{10ffff}]/u.test(value)) {
    faults.push(`${attribute}: The field holds a character that needs four bytes in UTF-8`);
  }
  if (attribute === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) {
    faults.push('email: Does not match required pattern');
  }
  return faults;
}

/** Okta names the first field that failed in the summary. */
function subject(causes: readonly string[]): string {
  return causes[0]?.split(':')[0] ?? 'profile';
}
