import { randomBytes } from 'node:crypto';
import type { Idp } from '@gatehouse/contracts/idp';
import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import { beginLogin } from '@gatehouse/login/begin-login';
import { type CompleteLoginPorts, completeLogin } from '@gatehouse/login/complete-login';
import type { DoorIdp, LoginDoorPorts } from './http/login-door/ports.ts';
import type { LivePublisher } from './http/server-sent-events.ts';
import { idpParts } from './idp-parts.ts';
import { DailyTidy } from './jobs/daily-tidy.ts';
import { createPersonRefresher } from './jobs/person-refresher.ts';
import type { Logger } from './logging/logger.ts';
import { applicationRoutes } from './routes/application-routes.ts';
import type { LoginMilestones } from './routes/login-steps.ts';
import type { SecretBox } from './security/secret-box.ts';
import { ApplicationStore } from './stores/applications/store.ts';
import { apiTokenKey, type ConnectorStore } from './stores/connectors/store.ts';
import type { Database } from './stores/database.ts';
import type { IdpRecord } from './stores/idps/rows.ts';
import { SqliteLoginTransactionStore } from './stores/login-transactions/store.ts';
import { SqlitePeopleStore } from './stores/people/store.ts';
import { SqlitePersonApplier } from './stores/person-sync/applier.ts';
import { SqlitePersonDirectory } from './stores/person-sync/directory.ts';
import type { SecretStore } from './stores/secrets/store.ts';
import { trackerParts } from './tracker-parts.ts';

/** Rows that small lists, such as the checklist, look through. */
const looked = 200;

export type LoginPartsInput = {
  readonly database: Database;
  readonly secrets: SecretStore;
  readonly box: SecretBox;
  /** Without a slash at the end: every absolute URL is built from it. */
  readonly publicUrl: string;
  readonly outboundAllow: readonly string[];
  readonly fetch: OutboundFetch;
  readonly originOf: (domain: string) => string;
  readonly connectors: ConnectorStore;
  readonly openSource: Parameters<typeof createPersonRefresher>[0]['openSource'];
  readonly live: LivePublisher;
  readonly logger: Logger;
  readonly serverVersion: string;
  readonly now: () => number;
};

/** Joins identity providers, trackers, applications and the engine of logins: stores, jobs, routes and the doors. */
export function buildLogin(input: LoginPartsInput) {
  const { database, secrets, publicUrl, live, logger, connectors, now } = input;

  // stores
  const applications = new ApplicationStore(database);
  const idps = idpParts({
    ...input,
    summariesOf(idpId) {
      const { lastTracker, lastFailure } = trackers.trackers.summariesOf(idpId);
      return { last: lastTracker, lastFailure };
    },
    applicationsOf: (publicId) => applicationsOf(applications, publicId),
  });
  const trackers = trackerParts({
    ...input,
    idps: idps.idps,
    connectorOf(publicId) {
      const connector = connectors.find(publicId);
      return connector && { ...connector, apiTokenSet: hasToken(connector.id) };
    },
    redactValues: () => secrets.inClear(),
    onTestPassed: (test) => idps.testPassed(test),
  });
  const transactions = new SqliteLoginTransactionStore(database, input.box);
  const people = new SqlitePeopleStore(database);
  function hasToken(connectorId: number): boolean {
    return secrets.state(apiTokenKey(connectorId)).set;
  }

  // jobs
  const refresher = createPersonRefresher({
    connectors,
    hasToken,
    openSource: input.openSource,
    directory: new SqlitePersonDirectory(database),
    applier: new SqlitePersonApplier(database),
    people,
    live,
    log: logger,
  });
  const tidy = new DailyTidy({ drafts: () => idps.purge() }, logger);

  // the engine
  const engine: CompleteLoginPorts = {
    fetch: input.fetch,
    keys: idps.keys,
    now,
    people,
    transactions,
    tracers: trackers.tracers,
    refreshers: { login: refresher.applying, test: refresher.planning },
    report: (error) => logger.error({ err: error }, 'A login failed in a way that nobody foresaw'),
  };

  return {
    routes: {
      ...idps.routes,
      ...trackers.routes,
      ...applicationRoutes({ applications, view: { idps: idps.redirectIdps, publicUrl }, live }),
    },
    doors: doorsOf({ input, engine, applications, idps, trackers }),
    milestones(): LoginMilestones {
      const { oldest, redirecting } = applications.milestones();
      const { items } = idps.idps.list(looked, 0);
      return { idps: items, redirectIdps: idps.redirectIdps, application: oldest, redirecting };
    },
    newestFailure: () => trackers.trackers.newestFailure(),
    start(): void {
      trackers.keeper.start();
      tidy.start();
    },
    async stop(): Promise<void> {
      await tidy.stop();
      await trackers.keeper.stop();
      await idps.stop();
    },
  };
}

type DoorParts = {
  readonly input: LoginPartsInput;
  readonly engine: CompleteLoginPorts;
  readonly applications: ApplicationStore;
  readonly idps: ReturnType<typeof idpParts>;
  readonly trackers: ReturnType<typeof trackerParts>;
};

/** What the doors of end users ask of the rest. */
function doorsOf({ input, engine, applications, idps, trackers }: DoorParts): LoginDoorPorts {
  const { now, transactions } = engine;
  return {
    publicUrl: input.publicUrl,
    now,
    owner: () => trackers.settings.current().settings,
    applications,
    idps: {
      ...idps.redirectIdps,
      describe(idp) {
        const record = typeof idp === 'number' ? idps.idps.findById(idp) : idps.idps.find(idp);
        return record === null ? null : describeIdp(record);
      },
      upstreamForLogin: async (publicId) => idps.idps.upstreamOf(publicId, 'login'),
      async upstreamForTest(idpId) {
        const record = idps.idps.findById(idpId);
        return record === null
          ? { unavailable: 'idp-removed' }
          : idps.idps.upstreamOf(record.publicId, 'test');
      },
    },
    tests: {
      openLink: (token) => trackers.trackers.openLink(token),
      useLink: (token, userAgent) => trackers.trackers.useLink(token, userAgent),
      startedBy: (trackerId) => trackers.trackers.find(trackerId)?.startedBy ?? null,
    },
    tracers: trackers.tracers,
    begin: (begin) => beginLogin(begin, { transactions, now, randomBytes }),
    async complete({ idpId, browserSecret, rawQuery }) {
      const known = idps.idps.findKnown(idpId);
      if (known === null) return null;
      const findUpstream = async () => idps.idps.upstreamOf(idpId, 'test');
      return completeLogin(
        { idp: { id: known.id, publicId: idpId, findUpstream }, browserSecret, rawQuery },
        engine,
      );
    },
  };
}

function describeIdp({ name, settings }: IdpRecord): DoorIdp {
  const shown = name === '' ? 'a draft' : name;
  return { name: shown, word: settings.preset === 'okta' ? 'Okta' : shown };
}

function applicationsOf(applications: ApplicationStore, idpId: string): Idp['applications'] {
  return applications.ofIdp(idpId, looked).map(({ publicId, name, settings }) => ({
    id: publicId,
    name,
    redirecting: settings.redirection.enabled || settings.redirection.portal,
  }));
}
