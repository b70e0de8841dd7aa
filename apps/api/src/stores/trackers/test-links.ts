import { randomToken, sha256Hex } from '../../security/random.ts';
import type { Database } from '../database.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { toNumber } from '../raw.ts';
import type { SecretKey, SecretStore } from '../secrets/store.ts';
import type { TraceCleaner } from './clean-trace.ts';
import { describeBrowser } from './describe-browser.ts';
import * as sql from './queries.ts';
import { stateAt, type TrackerRow } from './rows.ts';
import type { TrackerChange } from './tracer.ts';
import { trackerLife } from './tracers.ts';
import type { TrackedIdps } from './tracked-idp.ts';
import { shownTrackerId } from './tracker-ids.ts';

/** 128 bits. */
const tokenBytes = 16;
const tokenShape = /^[A-Za-z0-9_-]{22}$/;

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

type LinkRow = Pick<
  TrackerRow,
  'id' | 'publicId' | 'state' | 'idpId' | 'startedBy' | 'createdAt' | 'expiresAt' | 'startedAt'
>;

export type TestLinkParts = {
  readonly database: Database;
  readonly secrets: SecretStore;
  readonly idps: TrackedIdps;
  /** For what a browser says of itself. */
  readonly cleaner: () => TraceCleaner;
  /** PUBLIC_URL, without a slash at the end. */
  readonly publicUrl: string;
  readonly changed: (change: TrackerChange) => void;
};

/** The links of tests: looked at any number of times, used up once. */
export class TestLinks {
  readonly #parts: TestLinkParts;

  constructor(parts: TestLinkParts) {
    this.#parts = parts;
  }

  open(token: string): OpenedLink {
    const row = this.#find(token);
    const outcome = outcomeOf(row, this.#parts.database.now());
    if (row === undefined || outcome !== 'ready') return { outcome, tracker: null };
    const idp = this.#parts.idps.idpOf(row.idpId);
    if (idp === null) return { outcome: 'unknown', tracker: null };
    const { startedBy, createdAt, expiresAt } = row;
    const tracker = { idp: { id: idp.publicId, name: idp.name }, startedBy, createdAt, expiresAt };
    return { outcome, tracker: { id: shownTrackerId(row.publicId), ...tracker } };
  }

  async use(token: string, userAgent: string): Promise<UsedLink> {
    const { database, secrets, changed } = this.#parts;
    const row = this.#find(token);
    const now = database.now();
    const outcome = outcomeOf(row, now);
    if (row === undefined) return { outcome: 'unknown', tracker: null };
    if (outcome !== 'ready') return { outcome, tracker: null };
    const opened = this.#openedIn(describeBrowser(userAgent), now);
    const [used] = await database.write((db) => [
      numberedReturning<{ id: number; publicId: string; idpId: number; settingsVersion: number }>(
        db,
        sql.useLink,
        sha256Hex(token),
        now,
        now + trackerLife,
        'link-opened',
      ),
      numberedStatement(db, sql.insertEventsIfChanged, row.id, opened),
      secrets.clearIfChanged(db, linkKey(row.id)),
    ]);
    const [winner] = used;
    if (winner === undefined) return { outcome: 'used', tracker: null };
    const publicId = shownTrackerId(winner.publicId);
    const idpId = toNumber(winner.idpId);
    changed({ trackerId: publicId, idpId, end: null });
    const settingsVersion = toNumber(winner.settingsVersion);
    return {
      outcome: 'started',
      tracker: { trackerId: toNumber(winner.id), publicId, idpId, settingsVersion },
    };
  }

  /** What staff hand on; null once it is used up. @throws SecretBoxError when it does not open */
  urlOf(trackerId: number): string | null {
    const token = this.#parts.secrets.read(linkKey(trackerId));
    return token === null ? null : `${this.#parts.publicUrl}/t/${token}`;
  }

  #find(token: string): LinkRow | undefined {
    if (!tokenShape.test(token)) return undefined;
    return this.#parts.database.sql.get<LinkRow>(sql.selectLink, sha256Hex(token));
  }

  /** The first event of a test, as a list. */
  #openedIn(browser: string, now: number): string {
    const event = this.#parts.cleaner().event(now, {
      step: 'link-opened',
      state: 'passed',
      code: null,
      fact: `The link was opened in ${browser}.`,
      expected: null,
      seen: null,
      durationMs: null,
      facts: { browser },
    });
    return JSON.stringify([event]);
  }
}

export function newLinkToken(): string {
  return randomToken(tokenBytes);
}

/** Where the link of a test is kept, sealed. */
export function linkKey(trackerId: number): SecretKey {
  return { ownerKind: 'tracker', ownerId: trackerId, name: 'link' };
}

function outcomeOf(row: LinkRow | undefined, now: number): OpenedLink['outcome'] {
  if (row === undefined) return 'unknown';
  if (stateAt(row, now) === 'waiting') return 'ready';
  return row.startedAt === null ? 'expired' : 'used';
}
