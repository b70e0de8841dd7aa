import type { Idp, MetadataImport } from '@gatehouse/contracts/idp';
import type { TrackerSummary } from '@gatehouse/contracts/tracker';
import { clientSecretKey } from '../stores/idps/client-secret.ts';
import { issuerOfRecord } from '../stores/idps/missing-parts.ts';
import type { IdpRecord } from '../stores/idps/rows.ts';
import type { IdpStore } from '../stores/idps/store.ts';
import { toInstant, toInstantOrNull } from '../stores/raw.ts';
import type { SecretStore } from '../stores/secrets/store.ts';

/** Newest trackers of an IdP that its page and list show. */
export type IdpTrackers = {
  readonly last: TrackerSummary | null;
  readonly lastFailure: TrackerSummary | null;
};

export type IdpViewParts = {
  readonly idps: IdpStore;
  readonly secrets: SecretStore;
  readonly originOf: (domain: string) => string;
  /** By the integer key. */
  readonly summariesOf: (idpId: number) => IdpTrackers;
  /** Applications whose redirection uses it, by the public id. */
  readonly applicationsOf: (publicId: string) => Idp['applications'];
  /** An import that is running now; it is not stored before it is finished. */
  readonly runningImport: (idpId: number) => MetadataImport | null;
};

/** An identity provider as answers show it; `notices` are said once, in the answer to a save. */
export function idpView(record: IdpRecord, parts: IdpViewParts, notices: Idp['notices'] = []): Idp {
  const trackers = parts.summariesOf(record.id);
  const { step, ticks } = record.wizard;
  return {
    id: record.publicId,
    state: record.state,
    name: record.name,
    settingsVersion: record.settingsVersion,
    settings: record.settings,
    callbackUrl: parts.idps.callbackUrlOf(record.publicId),
    issuer: issuerOfRecord(record, parts.originOf),
    metadata: record.metadata,
    metadataImport: parts.runningImport(record.id) ?? record.metadataImport,
    clientSecret: parts.secrets.state(clientSecretKey(record.id)),
    connector: shown(record.connector),
    directory: shown(record.directory),
    testedAt: toInstantOrNull(record.testedAt),
    testedBy: record.testedBy,
    lastTracker: trackers.last,
    lastFailure: trackers.lastFailure,
    applications: parts.applicationsOf(record.publicId),
    wizard: record.state === 'draft' ? { step, ticks: [...ticks] } : null,
    createdAt: toInstant(record.createdAt),
    createdBy: record.createdBy,
    changedAt: toInstant(record.changedAt),
    changedBy: record.changedBy,
    notices,
  };
}

function shown(owner: IdpRecord['directory']): { id: string; name: string } | null {
  return owner === null ? null : { id: owner.id, name: owner.name };
}
