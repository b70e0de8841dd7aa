import { isHiddenCharacter } from '@gatehouse/contracts/hidden-characters';
import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import {
  type UserAttributeName,
  type UserAttributes,
  userAttributeLabels,
  userAttributeNames,
} from '@gatehouse/directory/directory-person';
import { type MappingFailure, mapAttributes } from '@gatehouse/mapping/attribute-mapping';
import { claimRules } from '@gatehouse/mapping/attribute-rules';
import type { Claims } from './flow.ts';

/** How much of a person claims may write; see the table in decide.ts. */
export type ClaimsReach = 'all' | 'blanks';

export type MappedClaims =
  | { readonly ok: true; readonly attributes: UserAttributes }
  | { readonly ok: false; readonly reason: string };

/** The attributes that these claims say; blank where they say nothing. */
export function mapClaims(claims: Claims): MappedClaims {
  const mapped = mapAttributes(claims, claimRules);
  if (!mapped.ok) return { ok: false, reason: mappingReason(mapped.failure) };
  // Joiners are no letters of a user name either: with one it would look like another.
  const hidden = [...mapped.user.username].find(isHiddenCharacter);
  if (hidden === undefined) return { ok: true, attributes: mapped.user };
  const code = `U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const label = userAttributeLabels.username;
  return {
    ok: false,
    reason: `The claim for the ${label} holds a character that nobody sees, ${code}, and would look like another user.`,
  };
}

/** The mapping's own sentences speak of an Okta profile. */
function mappingReason({ code, attribute }: MappingFailure): string {
  const label = userAttributeLabels[attribute];
  switch (code) {
    case 'username-missing':
      return 'There is no claim preferred_username, which becomes the username.';
    case 'attribute-too-long':
      return `The claim for the ${label} is longer than 255 characters, which the products cannot store.`;
    case 'attribute-not-text':
      return `The claim for the ${label} is not text.`;
    case 'attribute-control-character':
      return `The claim for the ${label} holds a control character.`;
    case 'attribute-broken-text':
      return `The claim for the ${label} holds half a character, which cannot be stored.`;
  }
}

/**
 * What a login makes of a user's attributes. A claim that is not there changes nothing: scopes decide which claims come,
 * and a missing one is no blank name. Null: nothing to change.
 */
export function claimedAttributes(
  before: UserAttributes,
  {
    claims,
    mapped,
    reach,
  }: { readonly claims: Claims; readonly mapped: UserAttributes; readonly reach: ClaimsReach },
): UserAttributes | null {
  const after: Record<UserAttributeName, string> = attributesOf(before);
  for (const name of userAttributeNames) {
    if (mapped[name].trim() === '' || !isSaid(name, claims)) continue;
    if (reach === 'blanks' && (name === 'username' || before[name].trim() !== '')) continue;
    after[name] = mapped[name];
  }
  return userAttributeNames.every((name) => after[name] === before[name]) ? null : after;
}

/** The mapping makes a full name up from the user name; a known one is not replaced by that. */
function isSaid(name: UserAttributeName, claims: Claims): boolean {
  if (name !== 'displayName') return true;
  return [claims.name, claims.given_name, claims.family_name].some(
    (claim) => typeof claim === 'string' && claim.trim() !== '',
  );
}

function attributesOf({ username, email, firstName, lastName, displayName }: UserAttributes) {
  return { username, email, firstName, lastName, displayName };
}

type Difference = LoginUpdate['changes'][number];

/** Changes in words of the tracker; `before` is null for a new user. */
export function attributeChanges(before: UserAttributes | null, after: UserAttributes): Difference[] {
  return userAttributeNames
    .filter((name) => (before === null ? after[name] !== '' : before[name] !== after[name]))
    .map((name) => ({ attribute: name, before: before === null ? null : before[name], after: after[name] }));
}

/** The attributes as a planned update would leave them: what a test's claims are held against. */
export function withPlanned(before: UserAttributes, update: LoginUpdate): UserAttributes {
  const after: Record<string, string> = attributesOf(before);
  for (const change of update.changes) {
    if (Object.hasOwn(after, change.attribute)) after[change.attribute] = change.after ?? '';
  }
  return { ...attributesOf(before), ...after };
}
