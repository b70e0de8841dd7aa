import type { Redirection } from '@gatehouse/contracts/application';
import { foldName } from '@gatehouse/mapping/fold-name';
import { type AuditBy, auditIfChanged } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { numberedStatement } from '../numbered-statement.ts';
import { randomPublicId } from '../random-id.ts';
import * as sql from './queries.ts';
import {
  type ApplicationRecord,
  type ApplicationRow,
  type ApplicationSettings,
  toApplication,
  writeSettings,
} from './rows.ts';
import { slugsFor } from './slug.ts';

export type NewApplication = {
  readonly name: string;
  readonly settings: Omit<ApplicationSettings, 'redirection'>;
};

export type ApplicationSave = {
  readonly name: string;
  readonly settings: ApplicationSettings;
  readonly expectedVersion: number;
};

const notRedirected: Redirection = { enabled: false, portal: false, idpId: null };

/** The products that Gatehouse serves, and their immutable settings versions. */
export class ApplicationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(limit: number, offset: number): { total: number; items: ApplicationRecord[] } {
    const total = this.#database.sql.get<{ total: number }>(sql.countApplications)?.total ?? 0;
    return { total, items: this.#all(sql.selectApplications, limit, offset) };
  }

  find(publicId: string): ApplicationRecord | null {
    return this.#first(sql.selectApplication, publicId);
  }

  findBySlug(slug: string): ApplicationRecord | null {
    return this.#first(sql.selectApplicationBySlug, slug);
  }

  /** Also one that was removed. */
  findById(id: number): ApplicationRecord | null {
    return this.#first(sql.selectApplicationById, id);
  }

  /** Those whose redirection names this IdP; at most `limit`. */
  ofIdp(idpId: string, limit: number): ApplicationRecord[] {
    return this.#all(sql.selectApplicationsOfIdp, idpId, limit);
  }

  /** The first application there is, and the one whose redirection was switched on last. */
  milestones(): { oldest: ApplicationRecord | null; redirecting: ApplicationRecord | null } {
    return { oldest: this.#first(sql.selectOldest), redirecting: this.#first(sql.selectNewestRedirecting) };
  }

  async create(input: NewApplication, by: AuditBy): Promise<ApplicationRecord | 'name-taken'> {
    const publicId = randomPublicId();
    const now = this.#database.now();
    const folded = foldName(input.name);
    const settings: ApplicationSettings = { ...input.settings, redirection: notRedirected };
    for (const slug of slugsFor(input.name, input.settings.kind)) {
      if (this.#database.sql.get(sql.selectNameTaken, folded, 0) !== undefined) return 'name-taken';
      if (this.#database.sql.get(sql.selectSlug, slug) !== undefined) continue;
      const [inserted] = await this.#database.write((db) => [
        numberedStatement(db, sql.insertApplication, publicId, slug, input.name, folded, now),
        auditIfChanged(db, {
          at: now,
          by,
          action: 'application.added',
          subject: { kind: 'application', id: publicId, name: input.name },
          after: { name: input.name, slug, ...input.settings },
        }),
        numberedStatement(db, sql.insertFirstVersion, publicId, writeSettings(settings), now, by.actor.name),
      ]);
      if (inserted > 0) return this.#mustFind(publicId);
    }
    throw new Error('slugs never end');
  }

  /** A save that changes nothing makes no version and no audit entry. */
  async save(
    application: ApplicationRecord,
    save: ApplicationSave,
    by: AuditBy,
  ): Promise<ApplicationRecord | 'name-taken' | 'version-conflict'> {
    const before = flat(application.name, application.settings);
    const after = flat(save.name, save.settings);
    const changed = Object.keys(after).filter((key) => before[key] !== after[key]);
    if (changed.length === 0) {
      return application.version === save.expectedVersion ? application : 'version-conflict';
    }
    const raise = changed.some((key) => key !== 'name') ? 1 : 0;
    const isSwitched = changed.includes('redirect') || changed.includes('redirectPortal');
    const now = this.#database.now();
    const folded = foldName(save.name);
    const head = [application.id, save.expectedVersion, raise, save.name, folded] as const;
    const switched = [isSwitched ? 1 : 0, now, by.actor.name] as const;
    const [written] = await this.#database.write((db) => [
      numberedStatement(db, sql.updateHead, ...head, ...switched),
      auditIfChanged(db, {
        at: now,
        by,
        action: isSwitched ? 'redirection.switched' : 'application.changed',
        subject: { kind: 'application', id: application.publicId, name: save.name },
        before: only(before, changed),
        after: only(after, changed),
      }),
      ...(raise === 0
        ? []
        : [
            numberedStatement(
              db,
              sql.insertNextVersion,
              application.id,
              save.expectedVersion + 1,
              writeSettings(save.settings),
              now,
              by.actor.name,
            ),
          ]),
    ]);
    if (written > 0) return this.#mustFind(application.publicId);
    const taken = this.#database.sql.get(sql.selectNameTaken, folded, application.id);
    return taken === undefined ? 'version-conflict' : 'name-taken';
  }

  /** False when somebody else removed it in between. */
  async remove(application: ApplicationRecord, by: AuditBy): Promise<boolean> {
    const now = this.#database.now();
    const [removed] = await this.#database.write((db) => [
      numberedStatement(db, sql.markRemoved, application.id, now),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'application.removed',
        subject: { kind: 'application', id: application.publicId, name: application.name },
        before: flat(application.name, application.settings),
      }),
    ]);
    return removed > 0;
  }

  #first(query: string, ...values: (string | number)[]): ApplicationRecord | null {
    const row = this.#database.sql.get<ApplicationRow>(query, ...values);
    return row === undefined ? null : toApplication(row);
  }

  #all(query: string, ...values: (string | number)[]): ApplicationRecord[] {
    return this.#database.sql.all<ApplicationRow>(query, ...values).map(toApplication);
  }

  #mustFind(publicId: string): ApplicationRecord {
    const found = this.find(publicId);
    if (found === null) throw new Error(`application ${publicId} was removed while it was saved`);
    return found;
  }
}

/** One level, for the audit. */
function flat(name: string, { redirection, ...settings }: ApplicationSettings): Record<string, unknown> {
  return {
    name,
    ...settings,
    redirect: redirection.enabled,
    redirectPortal: redirection.portal,
    redirectIdp: redirection.idpId,
  };
}

function only(values: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, values[key]]));
}
