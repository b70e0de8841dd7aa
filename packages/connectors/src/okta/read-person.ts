import type { PersonLookup, PersonRead, SourceGroupRow, SourceUserRow } from '@gatehouse/sync/source';
import { isUnreadable, SourceError } from '@gatehouse/sync/source';
import { OktaClient, type OktaClientOptions } from './client.ts';
import { sourceError } from './errors.ts';
import { mapGroups, mapUsers } from './map.ts';
import type { OktaTiming } from './okta-timing.ts';
import { bucketLabels } from './pacing.ts';
import { readPages } from './paging.ts';
import { idOf, profileText } from './schema.ts';
import { silentObserver } from './silent-observer.ts';

/** Okta answers a person's groups in pages of so many, whatever is asked for. */
const groupsPage = 200;
/** Somebody waits at a login: a rate limit that is free later than this ends the read. Milliseconds. */
const longestWait = 3_000;
const mostTries = 2;

type Options = Omit<OktaClientOptions, 'observer' | 'signal'>;

/**
 * Reads one person and their groups, side by side when the id is known. Nothing is kept free of the rate limit: full
 * reads leave their share for this.
 * @throws SourceError
 */
export async function readPerson(
  options: Options,
  lookup: PersonLookup,
  signal: AbortSignal,
): Promise<PersonRead> {
  if (signal.aborted) throw sourceError('cancelled');
  if (!canBeAsked(lookup)) return { outcome: 'missing' };
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const waits = new Waits(options, { stop, signal: either });
  const client = new OktaClient({
    ...options,
    timing: { ...options.timing, freeShare: 0, tries: Math.min(options.timing.tries, mostTries) },
    observer: { ...silentObserver, waiting: waits.begin, resumed: waits.end },
    signal: either,
  });
  try {
    return lookup.by === 'id'
      ? await readById(client, lookup.value, options.timing)
      : await readByLogin(client, lookup.value, options.timing);
  } catch (error) {
    const isCancelled = error instanceof SourceError && error.code === 'cancelled';
    throw isCancelled ? (waits.error() ?? error) : error;
  } finally {
    // One of two calls may have failed: the other one is of no use any more.
    stop.abort();
  }
}

/** A path segment that Okta would take for something else is nobody's id or login. */
function canBeAsked({ by, value }: PersonLookup): boolean {
  if (by === 'id') return idOf({ id: value }) !== null && value !== 'me';
  return value.trim() !== '' && !['.', '..', 'me'].includes(value) && value.isWellFormed();
}

async function readById(client: OktaClient, id: string, timing: OktaTiming): Promise<PersonRead> {
  const [user, groups] = await Promise.all([askForUser(client, id), readGroups(client, id, timing)]);
  // The segment may also have been somebody's login.
  if (user === null || user.externalId !== id) return { outcome: 'missing' };
  return found(user, groups);
}

async function readByLogin(client: OktaClient, login: string, timing: OktaTiming): Promise<PersonRead> {
  const user = await askForUser(client, login, (body) => isLoginOf(body, login));
  return user === null
    ? { outcome: 'missing' }
    : found(user, await readGroups(client, user.externalId, timing));
}

/** Okta also finds people by their id and by the part of their login before the @. */
function isLoginOf(body: unknown, login: string): boolean {
  return foldLogin(profileText(body, 'login')) === foldLogin(login);
}

function foldLogin(login: string): string {
  return login.normalize('NFC').toLowerCase();
}

async function askForUser(
  client: OktaClient,
  idOrLogin: string,
  isMeant: (body: unknown) => boolean = () => true,
): Promise<SourceUserRow | null> {
  const answer = await client.get({
    address: () => `/api/v1/users/${encodeURIComponent(idOrLogin)}`,
    bucket: '/api/v1/users/{id}',
    shape: 'object',
    subject: { collection: 'users' },
  });
  if (answer.kind === 'missing' || !isMeant(answer.body)) return null;
  const [user] = mapUsers([answer.body]).rows;
  if (user === undefined) {
    throw sourceError('answer-unreadable', { collection: 'users', reason: 'a record without id' });
  }
  return user;
}

type Groups = { readonly rows: readonly SourceGroupRow[]; readonly complete: boolean };

/** Null when the person went away meanwhile. */
async function readGroups(client: OktaClient, id: string, timing: OktaTiming): Promise<Groups | null> {
  const rows = new Map<string, SourceGroupRow>();
  let withoutId = 0;
  let isMissing = false;
  const onMissing = () => {
    isMissing = true;
  };
  const list = {
    path: `/api/v1/users/${id}/groups`,
    limit: groupsPage,
    bucket: '/api/v1/users',
    collection: 'groups',
  } as const;
  for await (const page of readPages(client, list, { timing, onMissing })) {
    const mapped = mapGroups(page.rows);
    withoutId += mapped.withoutId;
    for (const row of mapped.rows) rows.set(row.externalId, row);
  }
  if (isMissing) return null;
  const groups = [...rows.values()];
  return { rows: groups, complete: withoutId === 0 && groups.some(isBuiltIn) };
}

/** Everybody is in Everyone: a token that does not see it there does not see all the others either. */
function isBuiltIn(row: SourceGroupRow): boolean {
  return !isUnreadable(row) && !row.selected;
}

function found(user: SourceUserRow, groups: Groups | null): PersonRead {
  if (groups === null) return { outcome: 'missing' };
  return { outcome: 'found', user, groups: groups.rows, groupsComplete: groups.complete };
}

/** Watches the waits of one read, ends it when one takes too long, and says what a read that ended waited for. */
class Waits {
  readonly #options: Options;
  readonly #end: { readonly stop: AbortController; readonly signal: AbortSignal };
  #current: { bucket: keyof typeof bucketLabels; until: number } | null = null;

  /** `signal` fires when the caller or `stop` ends the read. */
  constructor(options: Options, end: { stop: AbortController; signal: AbortSignal }) {
    this.#options = options;
    this.#end = end;
  }

  readonly begin = (bucket: string, until: number, reason: 'rate-limit' | 'retry'): void => {
    if (reason !== 'rate-limit') return;
    this.#current = { bucket: bucket as keyof typeof bucketLabels, until };
    // The client starts to wait right after this.
    if (until - this.#options.now() > longestWait) queueMicrotask(() => this.#end.stop.abort());
  };

  readonly end = (): void => {
    if (!this.#end.signal.aborted) this.#current = null;
  };

  /** Why a read was given up: null when it did not wait for a rate limit. */
  error(): SourceError | null {
    if (this.#current === null) return null;
    const { bucket, until } = this.#current;
    return sourceError('rate-limited', {
      host: URL.parse(this.#options.origin)?.host ?? this.#options.origin,
      bucket: bucketLabels[bucket],
      freeAt: new Date(until).toISOString(),
    });
  }
}
