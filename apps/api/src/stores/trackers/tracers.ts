import type { LoginTracer, LoginTracers } from '@gatehouse/login/ports';
import { createTraceRedactor } from '../../logging/redact-traces.ts';
import { TraceCleaner } from './clean-trace.ts';
import * as sql from './queries.ts';
import type { TrackerRow } from './rows.ts';
import { SqliteLoginTracer, type TracedLogin, type TracerParts } from './tracer.ts';
import { shownTrackerId, type TrackerIds } from './tracker-ids.ts';

/** A link works, and a login may take, so long. Milliseconds. */
export const trackerLife = 60 * 60 * 1_000;

export type TracersParts = Omit<TracerParts, 'cleaner'> & {
  readonly ids: TrackerIds;
  /**
   * Secrets that are known, such as the client secrets of identity providers; no trace may hold one of them. Another list
   * whenever one of them is another.
   */
  readonly redactValues: () => readonly string[];
};

/** The traces of logins, in the database. */
export class SqliteLoginTracers implements LoginTracers {
  readonly #parts: TracersParts;
  #cleaner: { readonly values: readonly string[]; readonly cleaner: TraceCleaner } | null = null;

  constructor(parts: TracersParts) {
    this.#parts = parts;
  }

  /** The row is written by the first flush, together with the first steps. */
  async start(input: Parameters<LoginTracers['start']>[0]): Promise<LoginTracer> {
    const now = this.#parts.database.now();
    const { id, publicId } = this.#parts.ids.next();
    const { idpId, settingsVersion, applicationId } = input;
    const startedBy = 'Login';
    return this.#tracer({
      id,
      publicId,
      kind: 'login',
      idpId,
      settingsVersion,
      startedBy,
      row: [
        id,
        publicId,
        'login',
        'in-progress',
        idpId,
        settingsVersion,
        applicationId,
        startedBy,
        null,
        now,
        now + trackerLife,
        now,
      ],
    });
  }

  /** One that timed out is gone on with too: somebody came back late, and the trace says why that was refused. */
  async resume(trackerId: number): Promise<LoginTracer | null> {
    const row = this.#parts.database.sql.get<
      Pick<
        TrackerRow,
        'id' | 'publicId' | 'kind' | 'state' | 'idpId' | 'settingsVersion' | 'startedBy' | 'startedAt'
      >
    >(sql.selectForResume, trackerId);
    if (row === undefined || row.startedAt === null) return null;
    if (row.state !== 'in-progress' && row.state !== 'timed-out') return null;
    return this.#tracer({ ...row, row: null });
  }

  #tracer(login: TracedLogin): LoginTracer {
    return new SqliteLoginTracer(
      { ...this.#parts, cleaner: this.#cleanerOf(this.#knownSecrets(login)) },
      login,
    );
  }

  /** Made anew only for another list. */
  #cleanerOf(values: readonly string[]): TraceCleaner {
    if (this.#cleaner?.values !== values) {
      this.#cleaner = { values, cleaner: new TraceCleaner(createTraceRedactor(values)) };
    }
    return this.#cleaner.cleaner;
  }

  /** A secret that does not open must not end a login that may not need it. */
  #knownSecrets({ publicId }: TracedLogin): readonly string[] {
    try {
      return this.#parts.redactValues();
    } catch (error) {
      this.#parts.onError(error, shownTrackerId(publicId));
      return [];
    }
  }
}
