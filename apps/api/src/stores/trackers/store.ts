import type { Tracker, TrackerSummary } from '@gatehouse/contracts/tracker';
import { sha256Hex } from '../../security/random.ts';
import { type AuditBy, auditIfChanged } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { numberedStatement } from '../numbered-statement.ts';
import { toInstant, toInstantOrNull } from '../raw.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { TraceCleaner } from './clean-trace.ts';
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
import { linkKey, newLinkToken, type OpenedLink, TestLinks, type UsedLink } from './test-links.ts';
import type { TrackerChange } from './tracer.ts';
import { trackerLife } from './tracers.ts';
import type { TrackedIdp, TrackedIdps } from './tracked-idp.ts';
import { shownTrackerId, storedTrackerId, type TrackerIds } from './tracker-ids.ts';

const dayMs = 24 * 60 * 60 * 1_000;

export type TrackerFilter = {
  readonly show: sql.TrackerShow;
  readonly idpId?: string | undefined;
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

/** Trackers: their lists and pages, and the links of tests. */
export class TrackerStore {
  readonly #parts: TrackerStoreParts;
  readonly #database: Database;
  readonly #links: TestLinks;

  constructor(parts: TrackerStoreParts) {
    this.#parts = parts;
    this.#links = new TestLinks(parts);
    this.#database = parts.database;
  }

  list({ show, idpId }: TrackerFilter, window: { limit: number; offset: number }) {
    const { offset, limit } = window;
    const idp = idpId === undefined ? null : this.#parts.idps.findIdp(idpId);
    if (idpId !== undefined && idp === null) return { total: 0, offset, items: [] };
    const texts = idp === null ? sql.trackerLists[show] : sql.trackerListsOfIdp[show];
    const values = idp === null ? [] : [idp.id];
    const total = this.#database.sql.get<{ total: number }>(texts.count, ...values)?.total ?? 0;
    const rows = this.#database.sql.all<TrackerRow>(texts.select, ...values, limit, offset);
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
      testUrl: isOpen ? this.#links.urlOf(row.id) : null,
      expiresAt: toInstantOrNull(isOpen ? row.expiresAt : null),
      keptUntil: toInstant(row.createdAt + this.#parts.trackerDays() * dayMs),
      user: toUser(row),
      claims: readClaims(row.claims),
      update: readUpdate(row.update),
      events: events.map(toEvent),
    };
  }

  /** Integer key of a tracker's IdP. @throws Error when there is no such tracker */
  idpIdOf(id: string): number {
    const row = this.#database.sql.get<TrackerDetailRow>(sql.selectTracker, storedTrackerId(id));
    if (row === undefined) throw new Error(`there is no tracker ${id}`);
    return row.idpId;
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
    const token = newLinkToken();
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
    return this.#links.open(token);
  }

  /** Uses a link up, atomically: of many calls at once one gets the tracker, which is in progress from then on. */
  useLink(token: string, userAgent: string): Promise<UsedLink> {
    return this.#links.use(token, userAgent);
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
