import type { RedirectIdp, RedirectIdps } from '@gatehouse/atlassian/products/redirection';
import type { Idp } from '@gatehouse/contracts/idp';
import { liveTopics } from '@gatehouse/contracts/live-events';
import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import type { LivePublisher } from './http/server-sent-events.ts';
import { createMetadataImporter } from './jobs/metadata-importer.ts';
import { MetadataImports } from './jobs/metadata-imports.ts';
import type { Logger } from './logging/logger.ts';
import { idpRoutes } from './routes/idp-routes.ts';
import type { IdpTrackers, IdpViewParts } from './routes/idp-view.ts';
import type { Database } from './stores/database.ts';
import type { IdpRecord } from './stores/idps/rows.ts';
import { IdpStore } from './stores/idps/store.ts';
import { SqliteKeyCache } from './stores/idps/upstreams.ts';
import type { SecretStore } from './stores/secrets/store.ts';
import type { PassedTest } from './stores/trackers/tracer.ts';

export type IdpPartsInput = {
  readonly database: Database;
  readonly secrets: SecretStore;
  /** Without a slash at the end: every callback URL is built from it. */
  readonly publicUrl: string;
  readonly fetch: OutboundFetch;
  readonly originOf: (domain: string) => string;
  /** Origins of `OUTBOUND_ALLOW`. */
  readonly outboundAllow: readonly string[];
  readonly live: LivePublisher;
  readonly logger: Logger;
  readonly now: () => number;
  /** Newest trackers of an IdP, by its integer key. */
  readonly summariesOf: (idpId: number) => IdpTrackers;
  /** Applications whose redirection uses an IdP, by its public id. */
  readonly applicationsOf: (publicId: string) => Idp['applications'];
};

/** Joins identity providers: routes, imports of metadata, and what other parts tell them. */
export function idpParts(input: IdpPartsInput) {
  const { database, secrets, publicUrl, originOf, live, logger, now } = input;
  const idps = new IdpStore({ database, secrets, publicUrl, originOf });
  const imports = new MetadataImports({
    idps,
    run: createMetadataImporter({ ...input, idps }),
    live,
    now,
    onError: (error, idpId) => logger.error({ err: error, idpId }, 'An import of metadata failed'),
  });
  const view: IdpViewParts = {
    idps,
    secrets,
    originOf,
    summariesOf: input.summariesOf,
    applicationsOf: input.applicationsOf,
    runningImport: (idpId) => imports.running(idpId),
  };

  function announce(publicId: string): void {
    const { idps: list, overview, applications } = liveTopics;
    for (const topic of [liveTopics.idp(publicId), list, overview, applications]) live.publish(topic);
  }

  const redirectIdps: RedirectIdps = {
    find(publicId) {
      const record = idps.find(publicId);
      return record === null || record.state === 'draft' ? null : toRedirectIdp(record);
    },
    finished: (limit) => idps.finished(limit).map(toRedirectIdp),
  };

  return {
    /** Also the `TrackedIdps` of trackers. */
    idps,
    keys: new SqliteKeyCache(database),
    redirectIdps,
    routes: idpRoutes({ idps, imports, view, originOf, live }),
    /** A test login passed; noted unless the settings changed meanwhile. */
    async testPassed(test: PassedTest): Promise<void> {
      const record = idps.findById(test.idpId);
      if (record === null || record.settingsVersion !== test.settingsVersion) return;
      if (await idps.markTested(record.id, record.loginVersion, test.startedBy, test.at)) {
        announce(record.publicId);
      }
    },
    /** Discards drafts that nobody touched for 30 days; for the daily tidying. */
    async purge(): Promise<void> {
      for (const publicId of await idps.purgeDrafts()) announce(publicId);
    },
    /** Ends imports that run. */
    async stop(): Promise<void> {
      await imports.stop();
    },
  };
}

function toRedirectIdp({ publicId, name, state, testedAt }: IdpRecord): RedirectIdp {
  return { id: publicId, name, isEnabled: state === 'enabled', testedAt };
}
