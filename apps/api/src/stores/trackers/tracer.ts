import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { LoginUpdate, TrackerKind } from '@gatehouse/contracts/tracker';
import type { LoginTracer, TraceEntry } from '@gatehouse/login/ports';
import type { Database } from '../database.ts';
import type { SqlValue } from '../raw.ts';
import { type Step, type Steps, step } from '../step-writer.ts';
import type { CleanEvent, TraceCleaner } from './clean-trace.ts';
import * as sql from './queries.ts';
import { writeUpdate } from './rows.ts';
import { shownTrackerId } from './tracker-ids.ts';

/** More steps than any login has; the rest is not kept. */
const longestTrace = 200;

export type LoginEnd =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly code: LoginFailureCode; readonly step: LoginStepCode };

/** Something about a tracker changed; its readers look again. */
export type TrackerChange = {
  /** As people see it. */
  readonly trackerId: string;
  readonly idpId: number;
  readonly end: 'passed' | 'failed' | 'timed-out' | null;
};

export type PassedTest = {
  readonly idpId: number;
  readonly settingsVersion: number;
  /** Who started the tracker; a name for people. */
  readonly startedBy: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

export type TracerParts = {
  readonly database: Database;
  readonly cleaner: TraceCleaner;
  readonly changed: (change: TrackerChange) => void;
  readonly onTestPassed: (test: PassedTest) => Promise<void>;
  /** Told when a trace could not be written; the login goes on. */
  readonly onError: (error: unknown, trackerId: string) => void;
};

export type TracedLogin = {
  readonly id: number;
  /** As stored. */
  readonly publicId: string;
  readonly kind: TrackerKind;
  readonly idpId: number;
  readonly settingsVersion: number;
  readonly startedBy: string;
  /** The values of its row, while it is not written. */
  readonly row: readonly SqlValue[] | null;
};

/** What was recorded and is not written yet. Kept as it came: a login that passes never needs most of it. */
type Pending = {
  row: readonly SqlValue[] | null;
  entries: { at: number; entry: TraceEntry }[];
  person: string | null;
  userId: number | null;
  claims: Readonly<Record<string, unknown>> | null;
  update: LoginUpdate | null;
};

/** The trace of one login. Whatever goes wrong here is told to `onError` and not to the login. */
export class SqliteLoginTracer implements LoginTracer {
  readonly trackerId: number;
  readonly kind: TrackerKind;
  readonly publicId: string;
  readonly #parts: TracerParts;
  readonly #login: TracedLogin;
  #pending: Pending;
  #recorded = 0;
  /** Writes of one trace keep their order. */
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: TracerParts, login: TracedLogin) {
    this.#parts = parts;
    this.#login = login;
    this.#pending = nothing(login.row);
    this.trackerId = login.id;
    this.kind = login.kind;
    this.publicId = shownTrackerId(login.publicId);
  }

  record(entry: TraceEntry): void {
    this.#recorded += 1;
    if (this.#recorded > longestTrace) return;
    this.#pending.entries.push({ at: this.#parts.database.now(), entry });
  }

  person(label: string, userId: number | null): void {
    this.#pending.person = label;
    this.#pending.userId = userId;
  }

  claims(claims: Readonly<Record<string, unknown>>): void {
    this.#pending.claims = claims;
  }

  update(update: LoginUpdate): void {
    this.#pending.update = update;
  }

  flush(): Promise<void> {
    return this.#inOrder(async () => {
      if (isNothing(this.#pending)) return;
      await this.#write((pending) => this.#progress(pending));
      this.#announce(null);
    });
  }

  finish(end: LoginEnd): Promise<void> {
    return this.#inOrder(async () => {
      if ((await this.#write((pending) => this.#ending(pending, end))) === 0) return;
      this.#announce(end.outcome);
      const { kind, idpId, settingsVersion, startedBy } = this.#login;
      if (kind !== 'test' || end.outcome !== 'passed') return;
      const at = this.#parts.database.now();
      await this.#parts.onTestPassed({ idpId, settingsVersion, startedBy, at });
    });
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(work).catch((error) => this.#parts.onError(error, this.publicId));
    return this.#writing;
  }

  /** What was not written stays pending. Answers how many rows the last step changed. */
  async #write(build: (pending: Pending) => readonly Step[]): Promise<number> {
    const taken = this.#pending;
    this.#pending = nothing(null);
    try {
      const steps = build(taken);
      return await this.#parts.database.writeTogether(() => inTurn(steps));
    } catch (error) {
      this.#pending = joined(taken, this.#pending);
      throw error;
    }
  }

  #progress(pending: Pending): readonly Step[] {
    const { cleaner } = this.#parts;
    const { row, entries, person, userId, claims, update } = pending;
    const events = entries.map(({ at, entry }) =>
      this.#cleaned(
        () => cleaner.event(at, entry),
        () => unreadable(at, entry),
      ),
    );
    return [
      ...(row === null ? [] : [step(sql.insertTracker, ...row)]),
      ...(events.length === 0 ? [] : [step(sql.insertEvents, this.trackerId, JSON.stringify(events))]),
      step(
        sql.noteProgress,
        this.trackerId,
        entries.at(-1)?.entry.step ?? null,
        person === null ? null : this.#cleaned(() => cleaner.person(person)),
        userId,
        claims === null ? null : this.#cleaned(() => cleaner.claims(claims)),
        update === null ? null : this.#cleaned(() => writeUpdate(cleaner.update(update))),
      ),
    ];
  }

  /** The last step is the one that ends the tracker. */
  #ending(pending: Pending, end: LoginEnd): readonly Step[] {
    const isLine = this.kind === 'login' && end.outcome === 'passed';
    const kept: Pending = isLine ? { ...pending, entries: [], claims: null, update: null } : pending;
    const failure = end.outcome === 'failed' ? end : null;
    return [
      ...this.#progress(kept),
      ...(isLine ? [step(sql.dropEvents, this.trackerId), step(sql.dropDetails, this.trackerId)] : []),
      step(
        sql.endTracker,
        this.trackerId,
        end.outcome,
        this.#parts.database.now(),
        failure?.code ?? null,
        failure?.step ?? null,
        failure?.step ?? pending.entries.at(-1)?.entry.step ?? null,
      ),
    ];
  }

  /** Whatever was handed in, the rest of the trace is written. */
  #cleaned<Result>(work: () => Result, instead: () => Result | null = () => null): Result | null {
    try {
      return work();
    } catch (error) {
      this.#parts.onError(error, this.publicId);
      return instead();
    }
  }

  #announce(end: TrackerChange['end']): void {
    this.#parts.changed({ trackerId: this.publicId, idpId: this.#login.idpId, end });
  }
}

function* inTurn(steps: readonly Step[]): Steps<number> {
  let changed = 0;
  for (const one of steps) changed = yield one;
  return changed;
}

function nothing(row: Pending['row']): Pending {
  return { row, entries: [], person: null, userId: null, claims: null, update: null };
}

function isNothing({ row, entries, person, claims, update }: Pending): boolean {
  return row === null && entries.length === 0 && person === null && claims === null && update === null;
}

/** What could not be written before what was recorded since. */
function joined(before: Pending, since: Pending): Pending {
  return {
    row: before.row,
    entries: [...before.entries, ...since.entries],
    person: since.person ?? before.person,
    userId: since.userId ?? before.userId,
    claims: since.claims ?? before.claims,
    update: since.update ?? before.update,
  };
}

function unreadable(at: number, { step, state, code }: TraceEntry): CleanEvent {
  return [at, step, state, code, 'The facts of this step could not be read.', null, null, null, '{}'];
}
