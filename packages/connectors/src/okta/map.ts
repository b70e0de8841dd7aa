import type {
  SourceGroup,
  SourceGroupRow,
  SourcePresence,
  SourceUser,
  SourceUserRow,
} from '@gatehouse/sync/source';
import { type OktaGroup, type OktaUser, type ParsedRecord, parseGroup, parseUser } from './schema.ts';

/**
 * Okta's status -> what it means for the directory. People whose password expired or who are locked out still work
 * there. A status that is not in the table leaves the person as they are.
 */
const presences: Readonly<Record<string, SourcePresence>> = {
  ACTIVE: 'active',
  PASSWORD_EXPIRED: 'active',
  RECOVERY: 'active',
  LOCKED_OUT: 'active',
  STAGED: 'inactive',
  PROVISIONED: 'inactive',
  SUSPENDED: 'inactive',
  DEPROVISIONED: 'inactive',
};

export function presenceOf(status: string): SourcePresence {
  return (Object.hasOwn(presences, status) ? presences[status] : undefined) ?? 'unknown';
}

export function toSourceUser(user: OktaUser): SourceUser {
  return {
    externalId: user.id,
    status: user.status,
    presence: presenceOf(user.status),
    updatedAt: user.lastUpdated ?? null,
    profile: user.profile,
  };
}

/** Okta's built-in groups (Everyone) are the user list itself: listed, but not synced. */
export function toSourceGroup(group: OktaGroup): SourceGroup {
  return {
    externalId: group.id,
    name: group.profile.name,
    description: group.profile.description ?? '',
    type: group.type,
    selected: group.type !== 'BUILT_IN',
    memberCount: group._embedded?.stats.usersCount ?? null,
    updatedAt: group.lastUpdated ?? null,
  };
}

/** Rows of a page in our terms. */
export type MappedRows<T> = {
  readonly rows: readonly T[];
  readonly unreadable: number;
  readonly withoutId: number;
};

export function mapUsers(page: readonly unknown[]): MappedRows<SourceUserRow> {
  return mapRows(page, parseUser, toSourceUser);
}

export function mapGroups(page: readonly unknown[]): MappedRows<SourceGroupRow> {
  return mapRows(page, parseGroup, toSourceGroup);
}

type Unreadable = Extract<SourceUserRow, { failure: unknown }>;

function mapRows<Read, Row>(
  page: readonly unknown[],
  parse: (record: unknown) => ParsedRecord<Read>,
  toRow: (record: Read) => Row,
): MappedRows<Row | Unreadable> {
  const rows: (Row | Unreadable)[] = [];
  let unreadable = 0;
  let withoutId = 0;
  for (const item of page) {
    const parsed = parse(item);
    if (parsed.kind === 'read') {
      rows.push(toRow(parsed.record));
    } else if (parsed.kind === 'without-id') {
      withoutId += 1;
    } else {
      unreadable += 1;
      const failure = {
        code: 'record-unreadable',
        facts: { field: parsed.field, problem: `it has no usable ${parsed.field}` },
      };
      rows.push({ externalId: parsed.id, failure, label: parsed.label });
    }
  }
  return { rows, unreadable, withoutId };
}
