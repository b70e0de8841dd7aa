import type { OriginOf } from '@gatehouse/login/issuer-of';
import type { KeyCache, Upstream } from '@gatehouse/login/ports';
import type { Database } from '../database.ts';
import { numberedStatement } from '../numbered-statement.ts';
import type { SecretStore } from '../secrets/store.ts';
import { clientSecretKey } from './client-secret.ts';
import { type MissingPart, missingParts } from './missing-parts.ts';
import * as sql from './queries.ts';
import type { IdpRecord } from './rows.ts';

/** An IdP that cannot log anybody in, and why. */
export type UnavailableIdp = {
  readonly unavailable: 'idp-disabled' | 'idp-removed' | 'idp-incomplete';
  /** A draft serves test logins only. */
  readonly isDraft: boolean;
  readonly missing: readonly MissingPart[];
  /** Absent when the IdP is gone. */
  readonly settingsVersion?: number;
};

/** Larger than any provider's list of keys; more is not kept. Unit: characters. */
const longestKeys = 200_000;

/** Joins what one login needs, as one unit; the client secret is read for nothing else. */
export function toUpstream(
  record: IdpRecord,
  parts: { readonly secrets: SecretStore; readonly originOf: OriginOf; readonly callbackUrl: string },
): Upstream | { readonly missing: readonly MissingPart[] } {
  const clientSecret = parts.secrets.read(clientSecretKey(record.id));
  const { metadata, directory } = record;
  const missing = missingParts(record, { hasSecret: clientSecret !== null, originOf: parts.originOf });
  const needed = missing.filter(({ part }) => part !== 'name');
  if (needed.length > 0 || metadata === null || directory === null || clientSecret === null) {
    return { missing: needed };
  }
  return {
    idpId: record.id,
    publicId: record.publicId,
    name: record.name,
    settingsVersion: record.settingsVersion,
    loginVersion: record.loginVersion,
    settings: record.settings,
    metadata,
    clientSecret,
    callbackUrl: parts.callbackUrl,
    directoryId: directory.key,
    connectorId: record.connector?.key ?? null,
    // Settings with http are refused, unless it is an origin of this machine that the configuration allows.
    allowsHttp: metadata.issuer.startsWith('http:'),
  };
}

/** The providers' public keys, beside their IdP. */
export class SqliteKeyCache implements KeyCache {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async read(idpId: number): Promise<unknown | null> {
    const keys = this.#database.sql.get<{ keys: string | null }>(sql.selectKeys, idpId)?.keys ?? null;
    return keys === null ? null : (JSON.parse(keys) as unknown);
  }

  /** Only while nothing changed that logins depend on; the same keys are not written again. */
  async save(idpId: number, loginVersion: number, keys: unknown): Promise<void> {
    const text = JSON.stringify(keys);
    if (text.length > longestKeys) return;
    await this.#database.write((db) => [numberedStatement(db, sql.updateKeys, idpId, loginVersion, text)]);
  }
}
