import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import type { AbsenceAnswer, Source, SourceFacts } from '@gatehouse/sync/source';
import { SourceError } from '@gatehouse/sync/source';
import { OktaClient, type OktaClientOptions } from './client.ts';
import { sourceError } from './errors.ts';
import { defaultOktaTiming, type OktaTiming, type Sleep, sleepFor } from './okta-timing.ts';
import { RatePacer } from './pacing.ts';
import { readCollections } from './read-collections.ts';
import { readPerson } from './read-person.ts';
import { idOf, isFields, profileText } from './schema.ts';
import { silentObserver } from './silent-observer.ts';

export type OktaSourceOptions = {
  /** `https://host[:port]`, as configured; no other host is ever called. */
  readonly origin: string;
  readonly token: string;
  readonly fetch: OutboundFetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 up to 1, for the jitter of back-offs. */
  readonly random: () => number;
  readonly timing?: OktaTiming;
  readonly sleep?: Sleep;
  /** One for each origin and token, so that runs and single-user reads share the rate limit. */
  readonly pacer?: RatePacer;
};

/** A source of users and groups over the Okta Management API with an API token. */
export function createOktaSource(options: OktaSourceOptions): Source {
  const timing = options.timing ?? defaultOktaTiming;
  const shared = {
    origin: options.origin,
    token: options.token,
    fetch: options.fetch,
    timing,
    now: options.now,
    random: options.random,
    sleep: options.sleep ?? sleepFor,
    pacer: options.pacer ?? new RatePacer(),
    patient: true,
  } satisfies Partial<OktaClientOptions>;

  return {
    async readAll(sink, observer, signal): Promise<SourceFacts> {
      assertToken(options.token);
      const stop = new AbortController();
      const onAbort = () => stop.abort(signal.reason);
      if (signal.aborted) throw sourceError('cancelled');
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const client = new OktaClient({ ...shared, observer, signal: stop.signal });
        const owner = await readOwner(client);
        observer.note('info', 'read-started', { owner: owner?.login ?? null });
        const counts = await readCollections({ client, sink, observer, timing, stop });
        return { ...counts, owner, calls: client.calls, sourceTime: client.sourceTime };
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },

    async confirmAbsence(externalId, signal): Promise<AbsenceAnswer> {
      assertToken(options.token);
      const client = new OktaClient({ ...shared, observer: silentObserver, signal });
      return askForAbsence(client, externalId);
    },

    async readPerson(lookup, signal) {
      assertToken(options.token);
      return readPerson(shared, lookup, signal);
    },
  };
}

/** A token that cannot be written into a header was not copied from Okta. @throws SourceError */
export function assertToken(token: string): void {
  if (token === '') throw sourceError('token-missing');
  if (!/^[\x21-\x7e]+$/.test(token)) throw sourceError('token-invalid', { reason: 'characters' });
}

/** Whose rights the token has. Okta keeps it from some tokens (403, 404): that is no failure. @throws SourceError */
export async function readOwner(client: OktaClient): Promise<{ id: string; login: string } | null> {
  try {
    const answer = await client.get({
      address: () => '/api/v1/users/me',
      bucket: '/api/v1/users/{id}',
      shape: 'object',
      subject: {},
    });
    const id = answer.kind === 'json' ? idOf(answer.body) : null;
    return answer.kind === 'json' && id !== null ? { id, login: profileText(answer.body, 'login') } : null;
  } catch (error) {
    if (error instanceof SourceError && error.code === 'token-forbidden') return null;
    throw error;
  }
}

/**
 * Only Okta's own words count: its 404, or a record with the very id that was asked for (a path segment may also be
 * somebody's login). An error that is not about the token proves nothing.
 */
async function askForAbsence(client: OktaClient, externalId: string): Promise<AbsenceAnswer> {
  if (idOf({ id: externalId }) === null) return 'unknown';
  try {
    const answer = await client.get({
      address: () => `/api/v1/users/${encodeURIComponent(externalId)}`,
      bucket: '/api/v1/users/{id}',
      shape: 'object',
      subject: {},
    });
    if (answer.kind === 'missing') return 'gone';
    if (idOf(answer.body) !== externalId || !isFields(answer.body)) return 'unknown';
    return answer.body.status === 'DEPROVISIONED' ? 'deprovisioned' : 'present';
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (error.code === 'token-invalid' || error.code === 'cancelled') throw error;
    return 'unknown';
  }
}
