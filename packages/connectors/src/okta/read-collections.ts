import type { ReadObserver, SnapshotSink, SourceFacts, SourceGroup } from '@gatehouse/sync/source';
import { isUnreadable } from '@gatehouse/sync/source';
import type { OktaClient } from './client.ts';
import { mapGroups, mapUsers } from './map.ts';
import { readMemberIds } from './member-ids.ts';
import type { OktaTiming } from './okta-timing.ts';
import { readPages } from './paging.ts';

/** Okta's largest page of users; more is lowered to it. */
export const usersPage = 200;
/** Okta recommends at most 200 groups a page. */
export const groupsPage = 200;
/** Okta's largest page of members. */
export const membersPage = 1000;
/** Pages that may be fetched and not stored yet: the store takes several at once. */
const writesBehind = { users: 10, groups: 10, members: 20 };

export type CollectionCounts = Omit<SourceFacts, 'owner' | 'calls' | 'sourceTime'>;

type Read = {
  readonly client: OktaClient;
  readonly sink: SnapshotSink;
  readonly observer: ReadObserver;
  readonly timing: OktaTiming;
  /** Fires when one loop fails, so that the others stop too. */
  readonly stop: AbortController;
  /** In the order in which they came: the first is the cause, the others follow from the stop. */
  readonly failures: unknown[];
};

type Tally = {
  usersRead: number;
  groupsRead: number;
  builtInGroups: number;
  membershipsRead: number;
  recordsWithoutId: { users: number; groups: number };
  unreadableUsers: number;
  unreadableGroups: number;
  pages: { users: number; groups: number; members: number };
};

/**
 * Reads users beside groups and their members: Okta counts the two in different rate-limit buckets. The first failure
 * ends all loops and is the one that is thrown.
 */
export async function readCollections(options: Omit<Read, 'failures'>): Promise<CollectionCounts> {
  const read: Read = { ...options, failures: [] };
  const tally: Tally = {
    usersRead: 0,
    groupsRead: 0,
    builtInGroups: 0,
    membershipsRead: 0,
    recordsWithoutId: { users: 0, groups: 0 },
    unreadableUsers: 0,
    unreadableGroups: 0,
    pages: { users: 0, groups: 0, members: 0 },
  };
  await allOrStop(read, [
    readUsers(read, tally),
    readGroups(read, tally).then((groups) => readMembersOf(groups, read, tally)),
  ]);
  return tally;
}

async function readUsers({ client, sink, observer, timing }: Read, tally: Tally): Promise<void> {
  const list = {
    path: '/api/v1/users',
    limit: usersPage,
    bucket: '/api/v1/users',
    collection: 'users',
  } as const;
  await writingBehind(writesBehind.users, async (next) => {
    for await (const page of readPages(client, list, { timing })) {
      const { rows, unreadable, withoutId } = mapUsers(page.rows);
      tally.pages.users += 1;
      tally.usersRead += rows.length;
      tally.unreadableUsers += unreadable;
      tally.recordsWithoutId.users += withoutId;
      observer.page('users', page.rows.length);
      await next(() => sink.users(rows));
    }
  });
  observer.finished('users');
  observer.note('info', 'users-read', { count: tally.usersRead, pages: tally.pages.users });
  noteUnreadable(observer, 'users', tally.unreadableUsers);
}

/** Answers with the groups whose members have to be read. */
async function readGroups({ client, sink, observer, timing }: Read, tally: Tally): Promise<SourceGroup[]> {
  const list = {
    path: '/api/v1/groups',
    query: { expand: 'stats' },
    limit: groupsPage,
    bucket: '/api/v1/groups',
    collection: 'groups',
  } as const;
  const withMembers = new Map<string, SourceGroup>();
  await writingBehind(writesBehind.groups, async (next) => {
    for await (const page of readPages(client, list, { timing })) {
      const { rows, unreadable, withoutId } = mapGroups(page.rows);
      tally.pages.groups += 1;
      tally.groupsRead += rows.length;
      tally.unreadableGroups += unreadable;
      tally.recordsWithoutId.groups += withoutId;
      observer.page('groups', page.rows.length);
      for (const row of rows) {
        if (isUnreadable(row)) continue;
        if (!row.selected) {
          tally.builtInGroups += 1;
          if (row.memberCount !== null) observer.expected('users', Math.ceil(row.memberCount / usersPage));
        } else if (row.memberCount !== 0) {
          withMembers.set(row.externalId, row);
        }
      }
      await next(() => sink.groups(rows));
    }
  });
  observer.finished('groups');
  observer.note('info', 'groups-read', { count: tally.groupsRead, pages: tally.pages.groups });
  noteUnreadable(observer, 'groups', tally.unreadableGroups);
  return [...withMembers.values()];
}

async function readMembersOf(groups: readonly SourceGroup[], read: Read, tally: Tally): Promise<void> {
  const { observer, timing } = read;
  const pages = groups.map((group) => Math.max(1, Math.ceil((group.memberCount ?? 0) / membersPage)));
  observer.expected(
    'members',
    pages.reduce((sum, count) => sum + count, 0),
  );
  const queue = groups.values();
  await writingBehind(writesBehind.members, async (next) => {
    const workers = Array.from({ length: timing.membersInFlight }, async () => {
      for (const group of queue) await readMembers(group, { ...read, next }, tally);
    });
    await allOrStop(read, workers);
  });
  observer.finished('members');
  observer.note('info', 'members-read', {
    count: tally.membershipsRead,
    groups: groups.length,
    pages: tally.pages.members,
  });
}

async function readMembers(
  group: SourceGroup,
  read: Read & { next: NextWrite },
  tally: Tally,
): Promise<void> {
  const { client, sink, observer, timing, next } = read;
  const { externalId, name } = group;
  const list = {
    path: `/api/v1/groups/${externalId}/users`,
    limit: membersPage,
    bucket: '/api/v1/groups',
    collection: 'members',
    parse: readMemberIds,
  } as const;
  let isGone = false;
  const onMissing = () => {
    isGone = true;
  };
  for await (const page of readPages(client, list, { timing, onMissing })) {
    const ids: string[] = [];
    for (const id of page.rows) {
      if (typeof id === 'string') ids.push(id);
      else tally.recordsWithoutId.users += 1;
    }
    tally.pages.members += 1;
    tally.membershipsRead += ids.length;
    observer.page('members', ids.length);
    await next(() => sink.members(externalId, page.index, ids));
  }
  if (!isGone) return;
  observer.note('info', 'group-vanished', { externalId, name });
  await sink.groupGone(externalId);
}

function noteUnreadable(observer: ReadObserver, collection: 'users' | 'groups', count: number): void {
  if (count > 0) observer.note('warning', 'records-unreadable', { collection, count });
}

type NextWrite = (write: () => Promise<void>) => Promise<void>;

/**
 * Lets up to `most` writes go on while further pages are fetched. Ends when all writes have ended, also after a failure
 * of the work or of a write.
 */
async function writingBehind(most: number, work: (next: NextWrite) => Promise<void>): Promise<void> {
  const running: Promise<void>[] = [];
  try {
    await work(async (write) => {
      while (running.length >= most) await running.shift();
      const writing = write();
      // Awaited by a later call or below; until then a rejection must not count as unhandled.
      writing.catch(() => undefined);
      running.push(writing);
    });
  } catch (error) {
    await Promise.allSettled(running);
    throw error;
  }
  const ended = await Promise.allSettled(running);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Waits until all have ended, also after a failure: nothing is written once the read has failed. */
async function allOrStop({ stop, failures }: Read, work: readonly Promise<unknown>[]): Promise<void> {
  const before = failures.length;
  await Promise.all(
    work.map((one) =>
      one.catch((error: unknown) => {
        failures.push(error);
        stop.abort();
      }),
    ),
  );
  if (failures.length > before) throw failures[0];
}
