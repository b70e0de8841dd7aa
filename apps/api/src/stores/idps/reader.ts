import type { OriginOf } from '@gatehouse/login/issuer-of';
import type { Upstream } from '@gatehouse/login/ports';
import type { Database } from '../database.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { TrackedIdp, TrackedIdps, TrackedIdpVersion } from '../trackers/tracked-idp.ts';
import { clientSecretKey } from './client-secret.ts';
import { type MissingPart, missingParts } from './missing-parts.ts';
import * as sql from './queries.ts';
import { type IdpRecord, type IdpRow, readSettings, toIdp } from './rows.ts';
import { toUpstream, type UnavailableIdp } from './upstreams.ts';

export type IdpStoreParts = {
  readonly database: Database;
  readonly secrets: SecretStore;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly originOf: OriginOf;
};

/** Reads identity providers: as staff, trackers and logins see them. */
export class IdpReader implements TrackedIdps {
  protected readonly parts: IdpStoreParts;

  constructor(parts: IdpStoreParts) {
    this.parts = parts;
  }

  /** Finished ones by name, then drafts. */
  list(limit: number, offset: number): { total: number; items: IdpRecord[] } {
    return { total: this.#count(sql.countIdps), items: this.all(sql.selectIdps, limit, offset) };
  }

  /** Not one that was removed. */
  find(publicId: string): IdpRecord | null {
    return this.first(sql.selectIdp, publicId);
  }

  /** Also one that was removed: trackers go on naming it. */
  findById(id: number): IdpRecord | null {
    return this.first(sql.selectIdpById, id);
  }

  /** The key of one that is there or was: somebody may come back from it after its removal. */
  findKnown(publicId: string): { readonly id: number } | null {
    return this.sql.get<{ id: number }>(sql.selectKnownId, publicId) ?? null;
  }

  /** Those that are no drafts, by name; at most `limit`. */
  finished(limit: number): IdpRecord[] {
    return this.all(sql.selectFinished, limit);
  }

  /** Those that a test login can be made with: names and issuers only. */
  listTestable(
    limit: number,
    offset: number,
  ): { total: number; items: { id: string; name: string; issuer: string | null }[] } {
    const rows = this.sql.all<{ publicId: string; name: string; issuer: string | null }>(
      sql.selectTestable,
      limit,
      offset,
    );
    const items = rows.map(({ publicId, name, issuer }) => ({ id: publicId, name, issuer }));
    return { total: this.#count(sql.countTestable), items };
  }

  /** To be registered at the provider, byte for byte; true from the draft's first moment on. */
  callbackUrlOf(publicId: string): string {
    return `${this.parts.publicUrl}/sso/callback/${publicId}`;
  }

  /** Of the org that a connector reads; null: there is no such connector. */
  connectorDomainOf(publicId: string): string | null {
    const row = this.sql.get<{ domain: string | null }>(sql.selectConnectorDomain, publicId);
    return row === undefined ? null : (row.domain ?? '');
  }

  hasDirectory(publicId: string): boolean {
    return this.sql.get(sql.selectDirectory, publicId) !== undefined;
  }

  hasSecret(record: Pick<IdpRecord, 'id'>): boolean {
    return this.parts.secrets.state(clientSecretKey(record.id)).set;
  }

  /** What logins still need; a finished IdP can lack something again, such as its secret. */
  missing(record: IdpRecord): readonly MissingPart[] {
    return missingParts(record, { hasSecret: this.hasSecret(record), originOf: this.parts.originOf });
  }

  /**
   * Everything that one login needs, or why there is none. A draft serves `test` logins only, so the way back asks with
   * `test`: nobody else can have begun with a draft.
   */
  upstreamOf(publicId: string, purpose: 'test' | 'login' = 'login'): Upstream | UnavailableIdp {
    const record = this.find(publicId);
    if (record === null) return { unavailable: 'idp-removed', isDraft: false, missing: [] };
    const { settingsVersion } = record;
    const isDraft = record.state === 'draft';
    const why = { isDraft, missing: [], settingsVersion };
    if (record.state === 'disabled') return { unavailable: 'idp-disabled', ...why };
    if (isDraft && purpose === 'login') return { unavailable: 'idp-incomplete', ...why };
    const { secrets, originOf } = this.parts;
    const upstream = toUpstream(record, { secrets, originOf, callbackUrl: this.callbackUrlOf(publicId) });
    if (!('missing' in upstream)) return upstream;
    return { unavailable: 'idp-incomplete', ...why, missing: upstream.missing };
  }

  // ---------------------------------------------------------------- for trackers

  idpOf(idpId: number): TrackedIdp | null {
    return this.#tracked(this.findById(idpId));
  }

  findIdp(publicId: string): TrackedIdp | null {
    return this.#tracked(this.find(publicId));
  }

  versionOf(idpId: number, version: number): TrackedIdpVersion | null {
    const row = this.sql.get<{ settings: string; createdAt: number; createdBy: string }>(
      sql.selectVersion,
      idpId,
      version,
    );
    return row === undefined ? null : { ...row, settings: readSettings(row.settings) };
  }

  // ---------------------------------------------------------------- inside

  protected get sql() {
    return this.parts.database.sql;
  }

  protected first(text: string, ...values: (string | number)[]): IdpRecord | null {
    const row = this.sql.get<IdpRow>(text, ...values);
    return row === undefined ? null : toIdp(row);
  }

  protected all(text: string, ...values: (string | number)[]): IdpRecord[] {
    return this.sql.all<IdpRow>(text, ...values).map(toIdp);
  }

  #count(text: string): number {
    return this.sql.get<{ total: number }>(text)?.total ?? 0;
  }

  #tracked(record: IdpRecord | null): TrackedIdp | null {
    if (record === null) return null;
    const { id, publicId, state, name, settingsVersion, settings, metadata } = record;
    const callbackUrl = this.callbackUrlOf(publicId);
    const clientSecretSet = this.hasSecret(record);
    return { id, publicId, state, name, settingsVersion, settings, metadata, callbackUrl, clientSecretSet };
  }
}
