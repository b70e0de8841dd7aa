import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import { importMetadata } from '@gatehouse/login/import/import-metadata';
import type { OriginOf } from '@gatehouse/login/issuer-of';
import { redactText } from '../logging/redact.ts';
import { hostnameProblem } from '../outbound/address-rules.ts';
import { clientSecretKey } from '../stores/idps/client-secret.ts';
import type { IdpRecord } from '../stores/idps/rows.ts';
import type { IdpStore } from '../stores/idps/store.ts';
import type { SecretStore } from '../stores/secrets/store.ts';
import type { MetadataImporter } from './metadata-imports.ts';

export type MetadataImporterParts = {
  readonly fetch: OutboundFetch;
  readonly originOf: OriginOf;
  /** Origins of `OUTBOUND_ALLOW`. */
  readonly outboundAllow: readonly string[];
  readonly secrets: SecretStore;
  readonly idps: Pick<IdpStore, 'callbackUrlOf'>;
  readonly now: () => number;
};

/** *Import Metadata* through the guarded fetch, with the stored client secret of the IdP. */
export function createMetadataImporter(parts: MetadataImporterParts): MetadataImporter {
  const { fetch, originOf, outboundAllow, secrets, idps, now } = parts;
  return async (record, report, signal) => {
    const key = clientSecretKey(record.id);
    return await importMetadata(
      {
        settings: record.settings,
        originOf,
        callbackUrl: idps.callbackUrlOf(record.publicId),
        readSecret: async () => {
          const secret = secrets.read(key);
          if (secret !== null) await secrets.markUsed(key);
          return secret;
        },
        secretBelongsTo: tokenOriginOf(record, secrets.state(key).updatedAt),
        fetch,
        blockedReason: (url) => (outboundAllow.includes(url.origin) ? null : hostnameProblem(url.hostname)),
        redact: redactText,
        now,
        signal,
      },
      report,
    );
  };
}

/** A secret that was there before the metadata was imported was given for the token endpoint that it named. */
function tokenOriginOf({ metadata }: IdpRecord, secretGivenAt: string | null): string | null {
  if (metadata === null || secretGivenAt === null || secretGivenAt >= metadata.importedAt) return null;
  return new URL(metadata.tokenEndpoint).origin;
}
