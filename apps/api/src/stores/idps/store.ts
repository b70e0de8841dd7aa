import {
  defaultIdpSettings,
  type IdpPreset,
  type IdpSettings,
  type MetadataImport,
  type ProviderMetadata,
  type WizardStep,
} from '@gatehouse/contracts/idp';
import { foldName } from '@gatehouse/mapping/fold-name';
import { type AuditBy, auditIfChanged, auditStatement, bySystem } from '../audit/audit-entry.ts';
import { numberedStatement } from '../numbered-statement.ts';
import { randomPublicId } from '../random-id.ts';
import type { SecretStore } from '../secrets/store.ts';
import { directoryFor, type NewDirectory } from './choose-directory.ts';
import { clientSecretKey } from './client-secret.ts';
import * as sql from './queries.ts';
import { IdpReader } from './reader.ts';
import { type IdpRecord, type IdpState, writeImport, writeMetadata, writeSettings } from './rows.ts';

/** More are not open at once: each holds a name and is looked through by people. */
export const mostDrafts = 50;
/** A draft that nobody touched for so long is discarded. Unit: milliseconds. */
export const forgottenAfterMs = 30 * 24 * 60 * 60 * 1_000;

export type IdpSave = {
  readonly name: string;
  readonly settings: IdpSettings;
  readonly expectedVersion: number;
  /** Undefined: any name may be replaced. */
  readonly expectedName?: string | undefined;
  readonly secret: 'kept' | 'cleared' | { readonly replacedBy: string };
  readonly clearMetadata: boolean;
  /** Something that a login depends on is another. */
  readonly changesLogin: boolean;
};

export type SaveRefusal =
  | { readonly refused: 'version-conflict' }
  | { readonly refused: 'name-taken'; readonly holder: NameHolder };

/** Whoever holds a name: a draft holds it too. */
export type NameHolder = { readonly name: string; readonly isDraft: boolean; readonly createdBy: string };

type Writer = Parameters<SecretStore['putIfChanged']>[0];

/** Identity providers and the drafts of the wizard, their immutable settings versions, metadata and tests. */
export class IdpStore extends IdpReader {
  async createDraft(preset: IdpPreset, by: AuditBy): Promise<IdpRecord | 'too-many-drafts'> {
    const publicId = randomPublicId();
    const now = this.#now();
    const author = by.actor.name;
    const settings = { ...defaultIdpSettings, preset };
    const [inserted] = await this.parts.database.write((db) => [
      numberedStatement(db, sql.insertDraft, publicId, 'provider', now, author, mostDrafts),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'idp.draft-begun',
        subject: { kind: 'idp', id: publicId, name: '' },
        after: { preset },
      }),
      numberedStatement(db, sql.insertFirstVersion, publicId, writeSettings(settings), now, author),
    ]);
    return inserted === 0 ? 'too-many-drafts' : this.#mustFind(publicId);
  }

  /** A save that changes nothing makes no version and no audit entry. */
  async save(record: IdpRecord, save: IdpSave, by: AuditBy): Promise<IdpRecord | SaveRefusal> {
    const { settings, made } = directoryFor(save.settings, save.name, this.sql);
    const stored = writeSettings(settings);
    const raise = stored === writeSettings(record.settings) ? 0 : 1;
    const isTouched = raise === 1 || save.name !== record.name || save.secret !== 'kept';
    if (!isTouched) {
      const isHead = record.settingsVersion === save.expectedVersion;
      const isSame = isHead && record.name === (save.expectedName ?? record.name);
      return isSame ? record : { refused: 'version-conflict' };
    }
    const now = this.#now();
    const author = by.actor.name;
    const folded = save.name === '' ? null : foldName(save.name);
    const version = save.expectedVersion + 1;
    const changesLogin = save.changesLogin || raise === 1;
    const [changed] = await this.parts.database.write((db) => [
      numberedStatement(
        db,
        sql.updateHead,
        record.id,
        save.expectedVersion,
        raise,
        save.name,
        folded,
        changesLogin ? 1 : 0,
        save.clearMetadata ? 1 : 0,
        save.expectedName ?? null,
      ),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'idp.settings-changed',
        subject: subjectOf(record, save.name),
        ...differences(
          { name: record.name, ...record.settings },
          {
            name: save.name,
            ...settings,
            ...this.#secretWord(record, save.secret),
          },
        ),
      }),
      ...(raise === 1
        ? [numberedStatement(db, sql.insertNextVersion, record.id, version, stored, now, author)]
        : []),
      ...this.#secretStatements(db, record.id, save.secret, author),
      ...(made === null ? [] : [this.#directoryStatement(db, record.id, version, made)]),
    ]);
    if (changed !== 0) return this.#mustFind(record.publicId);
    const holder = folded === null ? null : this.#nameHolder(folded, record.id);
    return holder === null ? { refused: 'version-conflict' } : { refused: 'name-taken', holder };
  }

  /** False when it is no draft any more. */
  async setWizard(
    record: IdpRecord,
    wizard: { readonly step: WizardStep; readonly ticks: readonly string[] },
  ): Promise<boolean> {
    const ticks = JSON.stringify([...new Set(wizard.ticks)]);
    const [changed] = await this.parts.database.write((db) => [
      numberedStatement(db, sql.updateWizard, record.id, wizard.step, ticks),
    ]);
    return changed > 0;
  }

  /**
   * Keeps the checklist of an import, and the metadata as one unit when it succeeded. Says false, and keeps nothing, when
   * something that logins depend on changed since `record` was read. Who sent the secret is audited in any case.
   */
  async saveImport(
    record: IdpRecord,
    result: { readonly metadataImport: MetadataImport; readonly metadata: ProviderMetadata | null },
    by: AuditBy,
  ): Promise<boolean> {
    const { metadataImport, metadata } = result;
    const isOther = metadata !== null && !isSameMetadata(record.metadata, metadata);
    const [changed] = await this.parts.database.write((db) => [
      numberedStatement(
        db,
        sql.updateImport,
        record.id,
        record.loginVersion,
        writeImport(metadataImport),
        metadata === null ? null : writeMetadata(metadata),
        isOther ? 1 : 0,
      ),
      auditStatement(db, {
        at: this.#now(),
        by,
        action: 'idp.imported',
        subject: subjectOf(record),
        after: {
          outcome: metadataImport.state,
          settingsVersion: metadataImport.settingsVersion,
          ...(metadata === null ? {} : { issuer: metadata.issuer, metadata: isOther ? 'replaced' : 'same' }),
        },
      }),
    ]);
    return changed > 0;
  }

  /** From now on people can log in with it. False when the draft, or something that logins depend on, changed meanwhile. */
  async finish(record: IdpRecord, by: AuditBy): Promise<IdpRecord | false> {
    const { id, settingsVersion, loginVersion } = record;
    const [changed] = await this.parts.database.write((db) => [
      numberedStatement(db, sql.finishDraft, id, settingsVersion, loginVersion),
      auditIfChanged(db, {
        at: this.#now(),
        by,
        action: 'idp.finished',
        subject: subjectOf(record),
        after: { settingsVersion, tested: record.testedAt !== null },
      }),
    ]);
    return changed > 0 && this.#mustFind(record.publicId);
  }

  /** Nothing happens to one that is so already, or to a draft. */
  async setEnabled(record: IdpRecord, enabled: boolean, by: AuditBy): Promise<IdpRecord> {
    const state: IdpState = enabled ? 'enabled' : 'disabled';
    await this.parts.database.write((db) => [
      numberedStatement(db, sql.updateEnabled, record.id, state),
      auditIfChanged(db, {
        at: this.#now(),
        by,
        action: enabled ? 'idp.enabled' : 'idp.disabled',
        subject: subjectOf(record),
      }),
    ]);
    return this.#mustFind(record.publicId);
  }

  /** Its secret goes with it; settings and trackers stay as history. */
  async remove(record: IdpRecord, by: AuditBy, reason?: string): Promise<void> {
    await this.parts.database.write((db) => [
      numberedStatement(db, sql.markRemoved, record.id, this.#now()),
      auditIfChanged(db, {
        at: this.#now(),
        by,
        action: 'idp.removed',
        subject: subjectOf(record),
        before: { name: record.name, state: record.state, ...record.settings },
        ...(reason === undefined ? {} : { after: { reason } }),
      }),
      numberedStatement(db, sql.deleteSecretsOfRemoved, record.id),
    ]);
  }

  /** A test login passed. Nothing is noted when something that logins depend on changed since it began. */
  async markTested(idpId: number, loginVersion: number, by: string, at: number): Promise<boolean> {
    const [changed] = await this.parts.database.write((db) => [
      numberedStatement(db, sql.updateTested, idpId, loginVersion, at, by),
    ]);
    return changed > 0;
  }

  /** Discards drafts that nobody saved, imported or tested for 30 days; answers their public ids. */
  async purgeDrafts(): Promise<readonly string[]> {
    const before = this.#now() - forgottenAfterMs;
    const forgotten = this.all(sql.selectForgottenDrafts, before, new Date(before).toISOString(), before);
    for (const record of forgotten)
      await this.remove(record, bySystem, 'nobody touched the draft for 30 days');
    return forgotten.map(({ publicId }) => publicId);
  }

  // ---------------------------------------------------------------- inside

  #now(): number {
    return this.parts.database.now();
  }

  /** For the audit: clearing what is not there is no change. */
  #secretWord(record: IdpRecord, secret: IdpSave['secret']): { clientSecret?: 'cleared' | 'replaced' } {
    if (typeof secret === 'object') return { clientSecret: 'replaced' };
    return secret === 'cleared' && this.hasSecret(record) ? { clientSecret: 'cleared' } : {};
  }

  #secretStatements(db: Writer, idpId: number, secret: IdpSave['secret'], author: string) {
    const key = clientSecretKey(idpId);
    if (secret === 'kept') return [];
    if (secret === 'cleared') return [this.parts.secrets.clearIfChanged(db, key)];
    return [this.parts.secrets.putIfChanged(db, key, secret.replacedBy, author)];
  }

  #directoryStatement(db: Writer, idpId: number, version: number, { id, name }: NewDirectory) {
    const values = [id, name, foldName(name), randomPublicId(), this.#now(), idpId, version] as const;
    return numberedStatement(db, sql.insertFirstDirectory, ...values);
  }

  #nameHolder(folded: string, exceptId: number): NameHolder | null {
    const row = this.sql.get<{ state: IdpState; name: string; createdBy: string }>(
      sql.selectNameHolder,
      folded,
      exceptId,
    );
    if (row === undefined) return null;
    return { name: row.name, isDraft: row.state === 'draft', createdBy: row.createdBy };
  }

  #mustFind(publicId: string): IdpRecord {
    const found = this.find(publicId);
    if (found === null) throw new Error(`IdP ${publicId} was removed while it was saved`);
    return found;
  }
}

function subjectOf(record: IdpRecord, name = record.name) {
  return { kind: 'idp', id: record.publicId, name };
}

/** The same but for the time of the import. */
function isSameMetadata(before: ProviderMetadata | null, after: ProviderMetadata): boolean {
  return (
    before !== null &&
    JSON.stringify({ ...before, importedAt: '' }) === JSON.stringify({ ...after, importedAt: '' })
  );
}

/** Only what differs, for the audit. */
function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return {
    before: Object.fromEntries(keys.filter((key) => key in before).map((key) => [key, before[key]])),
    after: Object.fromEntries(keys.map((key) => [key, after[key]])),
  };
}
