import type { Tracker, TrackerKind, TrackerState, TrackerSummary } from '@gatehouse/contracts/tracker';
import { randomToken, sha256Hex } from '../../security/random.ts';
import { type AuditBy, auditIfChanged } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { toInstant, toInstantOrNull, toNumber } from '../raw.ts';
import type { SecretKey, SecretStore } from '../secrets/store.ts';
import type { TraceCleaner } from './clean-trace.ts';
import { describeBrowser } from './describe-browser.ts';
import * as sql from './queries.ts';
import {
  readClaims,
  readUpdate,
  stateAt,
  type TrackerDetailRow,
  type TrackerEventRow,
  type TrackerRow,
  toEvent,
  toSummary,
  toUser,
} from './rows.ts';
import type { TrackerChange } from './tracer.ts';
import { trackerLife } from './tracers.ts';
import type { TrackedIdp, TrackedIdps } from './tracked-idp.ts';
import { shownTrackerId, storedTrackerId, type TrackerIds } from './tracker-ids.ts';

/** 128 bits. */
const tokenBytes = 16;
const tokenShape = /^[A-Za-z0-9_-]{22}$/;
const dayMs = 24 * 60 * 60 * 1_000;

export type TrackerFilter = {
  readonly show: 'all' | 'tests' | 'failed' | 'logins';
  readonly idpId?: string | undefined;
};

/** What the interstitial may know of a link; one shape for every answer. */
export type OpenedLink = {
  readonly outcome: 'ready' | 'used' | 'expired' | 'unknown';
  /** Only of one that is ready. */
  readonly tracker: {
    /** As people see it. */
    readonly id: string;
    readonly idp: { readonly id: string; readonly name: string };
    readonly startedBy: string;
    /** Milliseconds since 1970. */
    readonly createdAt: number;
    readonly expiresAt: number;
  } | null;
};

/** What using a link up answers; one shape for every answer. */
export type UsedLink = {
  readonly outcome: 'started' | 'used' | 'expired' | 'unknown';
  /** Only of the one call that used it up. */
  readonly tracker: {
    /** Integer key, for `LoginTracers.resume`. */
    readonly trackerId: number;
    /** As people see it. */
    readonly publicId: string;
    readonly idpId: number;
    readonly settingsVersion: number;
  } | null;
};

export type TrackerStoreParts = {
  readonly database: Database;
  readonly secrets: SecretStore;
  readonly ids: TrackerIds;
  readonly idps: TrackedIdps;
  /** For what a browser says of itself. */
  readonly cleaner: () => TraceCleaner;
  /** How long trackers are kept. Unit: days. */
  readonly trackerDays: () => number;
  /** PUBLIC_URL, without a slash at the end. */
  readonly publicUrl: string;
  readonly changed: (change: TrackerChange) => void;
};

type LinkRow = Pick<
  TrackerRow,
  'id' | 'publicId' | 'state' | 'idpId' | 'startedBy' | 'createdAt' | 'expiresAt' | 'startedAt'
>;

/** Trackers: their lists and pages, and the links of tests. */
export class TrackerStore {
  readonly #parts: TrackerStoreParts;
  readonly #database: Database;

  constructor(parts: TrackerStoreParts) {
    this.#parts = parts;
    this.#database = parts.database;
  }

  list({ show, idpId }: TrackerFilter, window: { limit: number; offset: number }) {
    const { offset, limit } = window;
    const idp = idpId === undefined ? null : this.#parts.idps.findIdp(idpId);
    if (idpId !== undefined && idp === null) return { total: 0, offset, items: [] };
    const kind: TrackerKind | null = show === 'tests' ? 'test' : show === 'logins' ? 'login' : null;
    const state: TrackerState | null = show === 'failed' ? 'failed' : null;
    const values = [kind, state, idp?.id ?? null] as const;
    const total = this.#database.sql.get<{ total: number }>(sql.countTrackers, ...values)?.total ?? 0;
    const rows = this.#database.sql.all<TrackerRow>(sql.selectTrackers, ...values, limit, offset);
    const idpOf = this.#rememberingIdps();
    const now = this.#database.now();
    return { total, offset, items: rows.map((row) => toSummary(row, idpOf(row.idpId), now)) };
  }

  /** By its readable id, in any case and with or without the dash. */
  find(id: string): Tracker | null {
    const row = this.#database.sql.get<TrackerDetailRow>(sql.selectTracker, storedTrackerId(id));
    if (row === undefined) return null;
    const idp = this.#mustFindIdp(row.idpId);
    const version = this.#parts.idps.versionOf(row.idpId, row.settingsVersion);
    if (version === null) throw new Error(`IdP ${idp.publicId} has no version ${row.settingsVersion}`);
    const now = this.#database.now();
    const isOpen = stateAt(row, now) === 'waiting';
    const events = this.#database.sql.all<TrackerEventRow>(sql.selectEvents, row.id);
    return {
      ...toSummary(row, idp, now),
      startedBy: row.startedBy,
      settingsVersion: row.settingsVersion,
      settingsChangedAt: toInstant(version.createdAt),
      settingsChangedBy: version.createdBy,
      updateMethod: version.settings.updateMethod,
      testUrl: isOpen ? this.#testUrl(row.id) : null,
      expiresAt: toInstantOrNull(isOpen ? row.expiresAt : null),
      keptUntil: toInstant(row.createdAt + this.#parts.trackerDays() * dayMs),
      user: toUser(row),
      claims: readClaims(row.claims),
      update: readUpdate(row.update),
      events: events.map(toEvent),
    };
  }

  /** Newest tracker of an IdP, and newest that failed. */
  summariesOf(idpId: number): { lastTracker: TrackerSummary | null; lastFailure: TrackerSummary | null } {
    return {
      lastTracker: this.#one(sql.selectNewestOf, idpId),
      lastFailure: this.#one(sql.selectNewestFailureOf, idpId),
    };
  }

  /** Newest real login that failed, of any IdP. */
  newestFailure(): TrackerSummary | null {
    return this.#one(sql.selectNewestFailedLogin);
  }

  /** Makes a test with a link that works once, for an hour. The link can be read again until then. */
  async createTest(input: {
    readonly idpId: number;
    readonly settingsVersion: number;
    readonly by: AuditBy;
  }): Promise<Tracker> {
    const { idpId, settingsVersion, by } = input;
    const idp = this.#mustFindIdp(idpId);
    const { id, publicId } = this.#parts.ids.next();
    const token = randomToken(tokenBytes);
    const now = this.#database.now();
    const shownId = shownTrackerId(publicId);
    await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.insertTracker,
        id,
        publicId,
        'test',
        'waiting',
        idpId,
        settingsVersion,
        null,
        by.actor.name,
        sha256Hex(token),
        now,
        now + trackerLife,
        null,
      ),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'tracker.started',
        subject: { kind: 'tracker', id: shownId, name: shownId },
        after: { idp: idp.name, settingsVersion },
      }),
      this.#parts.secrets.putIfChanged(db, linkKey(id), token, by.actor.name),
    ]);
    this.#parts.changed({ trackerId: shownId, idpId, end: null });
    const created = this.find(publicId);
    if (created === null) throw new Error(`tracker ${shownId} is gone`);
    return created;
  }

  /** Looks at a link without using it up. */
  openLink(token: string): OpenedLink {
    const row = this.#findLink(token);
    const outcome = outcomeOf(row, this.#database.now());
    if (row === undefined || outcome !== 'ready') return { outcome, tracker: null };
    const { publicId, name } = this.#mustFindIdp(row.idpId);
    const { startedBy, createdAt, expiresAt } = row;
    const id = shownTrackerId(row.publicId);
    return { outcome, tracker: { id, idp: { id: publicId, name }, startedBy, createdAt, expiresAt } };
  }

  /** Uses a link up, atomically: of many calls at once one gets the tracker, which is in progress from then on. */
  async useLink(token: string, userAgent: string): Promise<UsedLink> {
    const row = this.#findLink(token);
    const now = this.#database.now();
    const outcome = outcomeOf(row, now);
    if (row === undefined || outcome !== 'ready') {
      return { outcome: outcome === 'ready' ? 'unknown' : outcome, tracker: null };
    }
    const browser = describeBrowser(userAgent);
    const opened = this.#parts.cleaner().event(now, {
      step: 'link-opened',
      state: 'passed',
      code: null,
      fact: `The link was opened in ${browser}.`,
      expected: null,
      seen: null,
      durationMs: null,
      facts: { browser },
    });
    const [used] = await this.#database.write((db) => [
      numberedReturning<{ id: number; publicId: string; idpId: number; settingsVersion: number }>(
        db,
        sql.useLink,
        sha256Hex(token),
        now,
        now + trackerLife,
        'link-opened',
      ),
      numberedStatement(db, sql.insertEventsIfChanged, row.id, JSON.stringify([opened])),
      this.#parts.secrets.clearIfChanged(db, linkKey(row.id)),
    ]);
    const [winner] = used;
    if (winner === undefined) return { outcome: 'used', tracker: null };
    const publicId = shownTrackerId(winner.publicId);
    const idpId = toNumber(winner.idpId);
    this.#parts.changed({ trackerId: publicId, idpId, end: null });
    const settingsVersion = toNumber(winner.settingsVersion);
    return {
      outcome: 'started',
      tracker: { trackerId: toNumber(winner.id), publicId, idpId, settingsVersion },
    };
  }

  #findLink(token: string): LinkRow | undefined {
    if (!tokenShape.test(token)) return undefined;
    return this.#database.sql.get<LinkRow>(sql.selectLink, sha256Hex(token));
  }

  #testUrl(trackerId: number): string | null {
    const token = this.#parts.secrets.read(linkKey(trackerId));
    return token === null ? null : `${this.#parts.publicUrl}/t/${token}`;
  }

  #one(text: string, ...values: number[]): TrackerSummary | null {
    const row = this.#database.sql.get<TrackerRow>(text, ...values);
    return row === undefined ? null : toSummary(row, this.#mustFindIdp(row.idpId), this.#database.now());
  }

  #rememberingIdps(): (idpId: number) => TrackedIdp {
    const known = new Map<number, TrackedIdp>();
    return (idpId) => {
      const idp = known.get(idpId) ?? this.#mustFindIdp(idpId);
      known.set(idpId, idp);
      return idp;
    };
  }

  #mustFindIdp(idpId: number): TrackedIdp {
    const idp = this.#parts.idps.idpOf(idpId);
    if (idp === null) throw new Error(`IdP ${idpId} of a tracker is not known`);
    return idp;
  }
}

/** Where the link of a test is kept, sealed. */
function linkKey(trackerId: number): SecretKey {
  return { ownerKind: 'tracker', ownerId: trackerId, name: 'link' };
}

function outcomeOf(row: LinkRow | undefined, now: number): OpenedLink['outcome'] {
  if (row === undefined) return 'unknown';
  const state = stateAt(row, now);
  if (state === 'waiting') return 'ready';
  return row.startedAt === null ? 'expired' : 'used';
}
