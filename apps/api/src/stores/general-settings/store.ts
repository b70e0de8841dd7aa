import type { GeneralSettings } from '@gatehouse/contracts/general-settings';
import { type AuditBy, auditIfChanged } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { numberedStatement } from '../numbered-statement.ts';
import * as sql from './queries.ts';
import {
  type GeneralSettingsRecord,
  type GeneralSettingsRow,
  toGeneralSettings,
  writeGeneralSettings,
} from './rows.ts';

/** What people see of this installation: numbered, immutable versions of which the newest is in force. */
export class GeneralSettingsStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  current(): GeneralSettingsRecord {
    return toGeneralSettings(this.#database.sql.get<GeneralSettingsRow>(sql.selectCurrent));
  }

  /** A save that changes nothing makes no version and no audit entry. */
  async save(
    settings: GeneralSettings,
    expectedVersion: number,
    by: AuditBy,
  ): Promise<GeneralSettingsRecord | 'version-conflict'> {
    const before = this.current();
    if (before.version !== expectedVersion) return 'version-conflict';
    const written = writeGeneralSettings(settings);
    if (written === writeGeneralSettings(before.settings)) return before;
    const now = this.#database.now();
    const [inserted] = await this.#database.write((db) => [
      numberedStatement(db, sql.insertNext, expectedVersion, written, now, by.actor.name),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'settings.general-changed',
        subject: { kind: 'settings', id: 'general', name: 'General settings' },
        ...differences(before.settings, settings),
      }),
    ]);
    return inserted === 0 ? 'version-conflict' : this.current();
  }
}

function differences(before: GeneralSettings, after: GeneralSettings) {
  const keys = (['organizationName', 'supportAddress', 'supportText', 'trackerDays'] as const).filter(
    (key) => before[key] !== after[key],
  );
  return {
    before: Object.fromEntries(keys.map((key) => [key, before[key]])),
    after: Object.fromEntries(keys.map((key) => [key, after[key]])),
  };
}
