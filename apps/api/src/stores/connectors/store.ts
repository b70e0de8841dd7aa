import type { ConnectionTest, ConnectorKind, DirectorySummary } from '@gatehouse/contracts/connector';
import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import { foldName } from '@gatehouse/mapping/fold-name';
import { type AuditBy, auditIfChanged, auditStatement } from '../audit/audit-entry.ts';
import type { Database } from '../database.ts';
import { numberedStatement } from '../numbered-statement.ts';
import { randomPublicId } from '../random-id.ts';
import type { SecretKey, SecretStore } from '../secrets/store.ts';
import { chooseDirectory, listDirectories } from './directories.ts';
import { makeLocal } from './make-local.ts';
import * as sql from './queries.ts';
import {
  type ConnectorRecord,
  type ConnectorRow,
  readSettings,
  toConnector,
  writeConnectionTest,
  writeSettings,
} from './rows.ts';

export type NewConnector = {
  readonly kind: ConnectorKind;
  readonly name: string;
  readonly settings: OktaSettings;
  /** Public id of the directory to write to; null = a new one with the connector's name. */
  readonly directoryId: string | null;
  /** Null: saved without one. */
  readonly apiToken: string | null;
  /** Milliseconds since 1970; null = not scheduled. */
  readonly nextRunAt: number | null;
};

export type ConnectorSave = {
  readonly name: string;
  readonly settings: OktaSettings;
  readonly expectedVersion: number;
  /** Undefined: any name may be replaced. */
  readonly expectedName?: string | undefined;
  /** The connection has to be tested anew: another host or another token. */
  readonly untested: boolean;
  readonly nextRunAt: number | null;
  readonly token: TokenChange;
};

/** What a save does with the API token: written in the same batch, or not at all. */
export type TokenChange = 'kept' | 'cleared' | { readonly replacedBy: string };

/** Where the API token of a connector is kept. */
export function apiTokenKey(connectorId: number): SecretKey {
  return { ownerKind: 'connector', ownerId: connectorId, name: 'apiToken' };
}

/** Connectors, their immutable settings versions, and the directories that they write to. */
export class ConnectorStore {
  readonly #database: Database;
  readonly #secrets: SecretStore;

  constructor(database: Database, secrets: SecretStore) {
    this.#database = database;
    this.#secrets = secrets;
  }

  list(limit: number, offset: number): { total: number; items: ConnectorRecord[] } {
    const total = this.#database.sql.get<{ total: number }>(sql.countConnectors)?.total ?? 0;
    const rows = this.#database.sql.all<ConnectorRow>(sql.selectConnectors, limit, offset);
    return { total, items: rows.map(toConnector) };
  }

  find(publicId: string): ConnectorRecord | null {
    const row = this.#database.sql.get<ConnectorRow>(sql.selectConnector, publicId);
    return row === undefined ? null : toConnector(row);
  }

  /** Also one that was removed: runs go on naming it. */
  findById(id: number): ConnectorRecord | null {
    const row = this.#database.sql.get<ConnectorRow>(sql.selectConnectorById, id);
    return row === undefined ? null : toConnector(row);
  }

  settingsOf(connectorId: number, version: number): OktaSettings | null {
    const row = this.#database.sql.get<{ settings: string }>(sql.selectVersion, connectorId, version);
    return row === undefined ? null : readSettings(row.settings);
  }

  /** Keys of connectors whose schedule wants a run at `now`. */
  due(now: number): number[] {
    return this.#database.sql.column<number>(sql.selectDue, now);
  }

  /** Answers the connector, or what stands in the way. */
  async create(
    input: NewConnector,
    by: AuditBy,
  ): Promise<ConnectorRecord | 'name-taken' | 'directory-missing'> {
    const publicId = randomPublicId();
    const now = this.#database.now();
    const folded = foldName(input.name);
    const directory = chooseDirectory(this.#database.sql, input);
    if (directory === null) return 'directory-missing';
    const [, inserted] = await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.insertDirectory,
        directory.publicId,
        directory.name,
        foldName(directory.name),
        randomPublicId(),
        now,
        directory.isNew ? 1 : 0,
        folded,
      ),
      numberedStatement(
        db,
        sql.insertConnector,
        publicId,
        input.kind,
        directory.publicId,
        input.name,
        folded,
        input.nextRunAt,
        now,
      ),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'connector.created',
        subject: { kind: 'connector', id: publicId, name: input.name },
        after: {
          name: input.name,
          kind: input.kind,
          ...input.settings,
          apiToken: input.apiToken === null ? 'not set' : 'set',
        },
      }),
      numberedStatement(
        db,
        sql.insertFirstVersion,
        publicId,
        writeSettings(input.settings),
        now,
        by.actor.name,
      ),
      numberedStatement(db, sql.insertLease, publicId),
    ]);
    if (inserted === 0) return 'name-taken';
    const created = this.#mustFind(publicId);
    const { apiToken } = input;
    if (apiToken !== null) {
      await this.#database.write((db) => [
        numberedStatement(db, sql.touchConnector, created.id),
        this.#secrets.putIfChanged(db, apiTokenKey(created.id), apiToken, by.actor.name),
      ]);
    }
    return created;
  }

  /** A save that changes nothing makes no version and no audit entry. */
  async save(
    connector: ConnectorRecord,
    save: ConnectorSave,
    by: AuditBy,
  ): Promise<ConnectorRecord | 'name-taken' | 'version-conflict'> {
    const before = { name: connector.name, ...connector.settings };
    const after = { name: save.name, ...save.settings };
    const settings = writeSettings(save.settings);
    const raise = settings === writeSettings(connector.settings) ? 0 : 1;
    const touched = raise === 1 || save.name !== connector.name || save.token !== 'kept';
    if (!touched) {
      const isHead = connector.settingsVersion === save.expectedVersion;
      return isHead && connector.name === (save.expectedName ?? connector.name)
        ? connector
        : 'version-conflict';
    }
    const now = this.#database.now();
    const folded = foldName(save.name);
    const [changed] = await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.updateHead,
        connector.id,
        save.expectedVersion,
        raise,
        save.name,
        folded,
        save.untested ? 'untested' : null,
        save.nextRunAt,
        save.expectedName ?? null,
      ),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'connector.settings-changed',
        subject: { kind: 'connector', id: connector.publicId, name: save.name },
        ...differences(before, {
          ...after,
          ...(save.token === 'kept' ? {} : { apiToken: save.token === 'cleared' ? 'cleared' : 'replaced' }),
        }),
      }),
      ...(raise === 1
        ? [
            numberedStatement(
              db,
              sql.insertNextVersion,
              connector.id,
              save.expectedVersion + 1,
              settings,
              now,
              by.actor.name,
            ),
          ]
        : []),
      ...this.#tokenStatements(db, connector.id, save.token, by),
    ]);
    if (changed === 0) {
      const taken = this.#database.sql.get(sql.selectNameTaken, folded, connector.id);
      return taken === undefined ? 'version-conflict' : 'name-taken';
    }
    return this.#mustFind(connector.publicId);
  }

  #tokenStatements(
    db: Parameters<SecretStore['putIfChanged']>[0],
    connectorId: number,
    token: TokenChange,
    by: AuditBy,
  ) {
    const key = apiTokenKey(connectorId);
    if (token === 'kept') return [];
    if (token === 'cleared') return [this.#secrets.clearIfChanged(db, key)];
    return [this.#secrets.putIfChanged(db, key, token.replacedBy, by.actor.name)];
  }

  /** Remembers who had the stored token sent to its host for a test. */
  async noteTest(connector: ConnectorRecord, by: AuditBy): Promise<void> {
    await this.#database.write((db) => [
      auditStatement(db, {
        at: this.#database.now(),
        by,
        action: 'connector.test-started',
        subject: { kind: 'connector', id: connector.publicId, name: connector.name },
      }),
    ]);
  }

  async saveConnectionTest(
    connectorId: number,
    test: ConnectionTest,
    connection: ConnectorRecord['connection'],
  ): Promise<void> {
    const now = this.#database.now();
    await this.#database.write((db) => [
      numberedStatement(db, sql.updateConnection, connectorId, connection, writeConnectionTest(test), now),
    ]);
  }

  async setNextRun(connectorId: number, nextRunAt: number | null): Promise<void> {
    await this.#database.write((db) => [numberedStatement(db, sql.updateNextRun, connectorId, nextRunAt)]);
  }

  /**
   * Removes a connector; false while one of its runs is active. Its people, groups and memberships become local ones
   * step by step; `finishRemovals` goes on after a crash.
   */
  async remove(connector: ConnectorRecord, by: AuditBy): Promise<boolean> {
    const now = this.#database.now();
    const [removed] = await this.#database.write((db) => [
      numberedStatement(db, sql.markRemoved, connector.id, now),
      auditIfChanged(db, {
        at: now,
        by,
        action: 'connector.removed',
        subject: { kind: 'connector', id: connector.publicId, name: connector.name },
        before: { name: connector.name, ...connector.settings },
      }),
      numberedStatement(db, sql.deleteSecretsOfRemoved, connector.id),
    ]);
    if (removed === 0) return false;
    await this.finishRemovals();
    return true;
  }

  /** Makes what removed connectors left behind local; also at every start. */
  async finishRemovals(): Promise<void> {
    for (const id of this.#database.sql.column<number>(sql.selectRemovedWithRows)) {
      await makeLocal(this.#database, id);
    }
  }

  listDirectories(limit: number, offset: number): { total: number; items: DirectorySummary[] } {
    return listDirectories(this.#database.sql, { limit, offset });
  }

  #mustFind(publicId: string): ConnectorRecord {
    const found = this.find(publicId);
    if (found === null) throw new Error(`connector ${publicId} was removed while it was saved`);
    return found;
  }
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
