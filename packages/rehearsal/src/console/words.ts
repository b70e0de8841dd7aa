import type { Group, User, UserStatus } from '../org/types.ts';
import { type Html, html } from './html.ts';

/** The words of Okta's admin pages for its statuses. */
const STATUS_WORDS: Readonly<Record<UserStatus, string>> = {
  ACTIVE: 'Active',
  DEPROVISIONED: 'Deactivated',
  PROVISIONED: 'Pending user action',
  STAGED: 'Staged',
  SUSPENDED: 'Suspended',
  PASSWORD_EXPIRED: 'Password expired',
  LOCKED_OUT: 'Locked out',
  RECOVERY: 'Password reset',
};

const TYPE_WORDS: Readonly<Record<Group['type'], string>> = {
  OKTA_GROUP: 'Okta group',
  APP_GROUP: 'Imported from Active Directory',
  BUILT_IN: 'Built in',
};

export function statusWord(status: UserStatus): string {
  return STATUS_WORDS[status];
}

export function typeWord(type: Group['type']): string {
  return TYPE_WORDS[type];
}

/** First and last name, else display name, else login. */
export function personName(user: User): string {
  const { firstName, lastName, displayName, login } = user.profile;
  const name = [firstName, lastName].filter((part) => typeof part === 'string').join(' ');
  return name || (typeof displayName === 'string' && displayName) || login;
}

/** Text that others wrote, kept apart from the direction of ours, with its spaces visible. */
export function foreign(text: string): Html {
  return html`<bdi class="foreign">${text}</bdi>`;
}

/** A status as a pill, with Okta's API word behind it. */
export function statusPill(status: UserStatus): Html {
  const tone = status === 'ACTIVE' ? 'green' : status === 'DEPROVISIONED' ? 'red' : 'grey';
  return html`<span class="pill ${tone}" title="${status}">${statusWord(status)}</span>`;
}

/** A time for people, exact for machines. */
export function timeText(time: string | null): Html {
  if (time === null) return html`<span class="dim">never</span>`;
  return html`<time datetime="${time}">${time.slice(0, 10)} ${time.slice(11, 19)} UTC</time>`;
}
