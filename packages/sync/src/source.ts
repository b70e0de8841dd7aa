import type { SourceErrorCode } from '@gatehouse/contracts/run-codes';

/** What a connector hands to the sync engine: records of a source, already in our terms. */

/** `unknown`: a state that we do not know; the person's state in the directory is left as it is. */
export type SourcePresence = 'active' | 'inactive' | 'unknown';

export type SourceUser = {
  /** The source's id, compared byte by byte. */
  readonly externalId: string;
  /** The source's own word, e.g. `SUSPENDED`. */
  readonly status: string;
  readonly presence: SourcePresence;
  /** ISO 8601, the source's clock. */
  readonly updatedAt: string | null;
  /** The profile as read; mapped by packages/mapping. */
  readonly profile: Readonly<Record<string, unknown>>;
};

export type SourceGroup = {
  readonly externalId: string;
  readonly name: string;
  readonly description: string;
  /** The source's own word, e.g. `OKTA_GROUP`. */
  readonly type: string;
  /** False: the group itself is not synced (e.g. Okta's built-in Everyone); it is listed as filtered. */
  readonly selected: boolean;
  readonly memberCount: number | null;
  readonly updatedAt: string | null;
};

/**
 * A record with an id that could not be read: it becomes a failed row and protects that person or group, and their
 * memberships, from every change.
 */
export type UnreadableRecord = {
  readonly externalId: string;
  readonly failure: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> };
  /** What could be made out, for the list: login or name, else empty. */
  readonly label: string;
};

export type SourceUserRow = SourceUser | UnreadableRecord;
export type SourceGroupRow = SourceGroup | UnreadableRecord;

export function isUnreadable(row: SourceUserRow | SourceGroupRow): row is UnreadableRecord {
  return 'failure' in row;
}

/** What the source answered about one person who was not in a complete list. */
export type AbsenceAnswer = 'deprovisioned' | 'gone' | 'present' | 'unknown';

/** What is known about the read itself. */
export type SourceFacts = {
  /** Whose rights the token has; null when the source does not say. */
  readonly owner: { readonly id: string; readonly login: string } | null;
  readonly usersRead: number;
  readonly groupsRead: number;
  /** Groups that every org has and that a token with few rights does not see (Okta's built-in ones). */
  readonly builtInGroups: number;
  readonly membershipsRead: number;
  /** Records without a usable id: each makes its collection incomplete. */
  readonly recordsWithoutId: { readonly users: number; readonly groups: number };
  readonly unreadableUsers: number;
  readonly unreadableGroups: number;
  readonly calls: number;
  readonly pages: { readonly users: number; readonly groups: number; readonly members: number };
  /** The source's own clock at the start of the read, ISO 8601; null when it sent none. */
  readonly sourceTime: string | null;
};

/** A snapshot's facts: complete per collection. */
export type SnapshotFacts = SourceFacts & {
  readonly schema: 1;
  readonly usersComplete: boolean;
  readonly groupsComplete: boolean;
  /** Why something is incomplete: codes with facts. */
  readonly gaps: readonly { readonly code: string; readonly facts: Readonly<Record<string, unknown>> }[];
};

/**
 * A read that cannot go on. `soft`: the next scheduled run may well succeed; `hard`: a person has to do something.
 * `facts` never hold a body of the answer nor a secret.
 */
export class SourceError extends Error {
  readonly code: SourceErrorCode;
  readonly severity: 'soft' | 'hard';
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    code: SourceErrorCode,
    severity: 'soft' | 'hard',
    options: { facts?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause });
    this.name = 'SourceError';
    this.code = code;
    this.severity = severity;
    this.facts = options.facts ?? {};
  }
}

export type SourceCollection = 'users' | 'groups' | 'members';

/** Receives what happens during a read; must not throw. */
export interface ReadObserver {
  /** A request is sent, for the first time or again. */
  call(isRetry: boolean): void;
  /** A page arrived. */
  page(collection: SourceCollection, rows: number): void;
  /** The number of pages that the source's own counts let expect. */
  expected(collection: SourceCollection, pages: number): void;
  finished(collection: SourceCollection): void;
  /** A bucket waits until `until` (milliseconds since 1970, our clock). */
  waiting(bucket: string, until: number, reason: 'rate-limit' | 'retry'): void;
  resumed(bucket: string): void;
  rateLimit(
    bucket: string,
    state: { label: string; limit: number; used: number; freeAt: number | null },
  ): void;
  /** An entry for the run's diary. */
  note(
    level: 'info' | 'passed' | 'waiting' | 'warning',
    code: string,
    facts: Readonly<Record<string, unknown>>,
  ): void;
}

/** Where a read puts its pages; each call is one durable write, in any order between collections. */
export interface SnapshotSink {
  /** Upserts by id: a person who comes twice is kept once, the later record wins. */
  users(rows: readonly SourceUserRow[]): Promise<void>;
  groups(rows: readonly SourceGroupRow[]): Promise<void>;
  members(groupExternalId: string, page: number, memberIds: readonly string[]): Promise<void>;
  /** The group vanished between list and members: it is taken as absent. */
  groupGone(groupExternalId: string): Promise<void>;
}

/** Whom one asks for: by the source's id, byte by byte, or by the name that the person signs in with there. */
export type PersonLookup = { readonly by: 'id' | 'login'; readonly value: string };

/** One person with their groups, read at once. */
export type PersonRead =
  | {
      readonly outcome: 'found';
      readonly user: SourceUserRow;
      /** Built-in ones too. */
      readonly groups: readonly SourceGroupRow[];
      /** False: the list may lack a group, so that nobody leaves one for it. */
      readonly groupsComplete: boolean;
    }
  /** The source has no such person, or its token does not see them: it answers both alike. */
  | { readonly outcome: 'missing' };

/** A connector bound to its settings and secret. */
export interface Source {
  /**
   * Reads users, groups and members of selected groups to the last page.
   * @throws SourceError when any collection cannot be read to the end.
   */
  readAll(sink: SnapshotSink, observer: ReadObserver, signal: AbortSignal): Promise<SourceFacts>;
  /** Asks for one person. `unknown` for every answer that proves neither. @throws SourceError on a refused token */
  confirmAbsence(externalId: string, signal: AbortSignal): Promise<AbsenceAnswer>;
  /**
   * Reads one person and all their groups. Somebody waits for it: it takes what full reads leave of the rate limit and
   * gives up soon. @throws SourceError for every other answer than the person or "not found"
   */
  readPerson(lookup: PersonLookup, signal: AbortSignal): Promise<PersonRead>;
}
