/**
 * What we use of Okta's records, parsed by hand: a guard costs a small part of what a schema library costs on 100,000
 * users. Lenient about cosmetics, strict about identity
 * (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/).
 */

export type OktaUser = {
  readonly id: string;
  readonly status: string;
  readonly lastUpdated: string | null;
  readonly profile: Readonly<Record<string, unknown>>;
};

export type OktaGroup = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly lastUpdated: string | null;
  /** From `expand=stats`; null when Okta does not say. */
  readonly usersCount: number | null;
};

/** A field that a record cannot do without. */
export type UnreadableField = 'profile' | 'status' | 'name' | 'type';

export type ParsedRecord<T> =
  | { readonly kind: 'read'; readonly record: T }
  /** Whose record it is can be told, but not what it says. */
  | {
      readonly kind: 'unreadable';
      readonly id: string;
      readonly field: UnreadableField;
      readonly label: string;
    }
  | { readonly kind: 'without-id' };

/** Okta's ids are base62; nothing else may become a part of a path or a key. */
const usableId = /^[\w-]{1,255}$/;

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The id of a user or group, or null when it cannot be used. */
export function idOf(record: unknown): string | null {
  if (!isFields(record)) return null;
  const { id } = record;
  return typeof id === 'string' && usableId.test(id) ? id : null;
}

export function parseUser(record: unknown): ParsedRecord<OktaUser> {
  const id = idOf(record);
  if (id === null || !isFields(record)) return { kind: 'without-id' };
  const { status, profile, lastUpdated } = record;
  if (!isFields(profile)) return { kind: 'unreadable', id, field: 'profile', label: '' };
  if (typeof status !== 'string' || status === '') {
    return { kind: 'unreadable', id, field: 'status', label: textOr(profile.login, '') };
  }
  return { kind: 'read', record: { id, status, lastUpdated: textOr(lastUpdated, null), profile } };
}

export function parseGroup(record: unknown): ParsedRecord<OktaGroup> {
  const id = idOf(record);
  if (id === null || !isFields(record)) return { kind: 'without-id' };
  const { type, profile, lastUpdated } = record;
  if (!isFields(profile)) return { kind: 'unreadable', id, field: 'profile', label: '' };
  const { name, description } = profile;
  if (typeof name !== 'string') return { kind: 'unreadable', id, field: 'name', label: '' };
  if (typeof type !== 'string' || type === '') return { kind: 'unreadable', id, field: 'type', label: name };
  return {
    kind: 'read',
    record: {
      id,
      type,
      name,
      description: textOr(description, ''),
      lastUpdated: textOr(lastUpdated, null),
      usersCount: usersCountOf(record),
    },
  };
}

/** Login of a user record such as that of `/users/me`. */
export function loginOf(record: unknown): string {
  return isFields(record) && isFields(record.profile) ? textOr(record.profile.login, '') : '';
}

function usersCountOf(group: Fields): number | null {
  const { _embedded: embedded } = group;
  if (!isFields(embedded) || !isFields(embedded.stats)) return null;
  const { usersCount } = embedded.stats;
  return typeof usersCount === 'number' && Number.isInteger(usersCount) && usersCount >= 0
    ? usersCount
    : null;
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}
