import type { UserAttributes } from '@gatehouse/directory/directory-person';
import type { Pair } from './ports.ts';
import type { SourceUserRow } from './source.ts';
import { isUnreadable } from './source.ts';

export type UserLabel = { readonly name: string; readonly username: string; readonly email: string };

/** How lists call a person: by what is known of them, else by the record as it came, else by their id. */
export function labelOfUser(
  pair: Pair<SourceUserRow, UserAttributes>,
  known: UserAttributes | null,
): UserLabel {
  if (known !== null) return { name: known.displayName, username: known.username, email: known.email };
  const { source } = pair;
  if (source === null) return { name: pair.key, username: '', email: '' };
  if (isUnreadable(source)) return { name: source.label || pair.key, username: source.label, email: '' };
  const { profile } = source;
  const username = textOf(profile.login);
  const email = textOf(profile.email);
  const fullName = [textOf(profile.firstName), textOf(profile.lastName)].filter((part) => part !== '');
  const name = textOf(profile.displayName) || fullName.join(' ') || username || pair.key;
  return { name, username, email };
}

/** A value may be no text, or far too long for a list. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 255).toWellFormed().trim() : '';
}
