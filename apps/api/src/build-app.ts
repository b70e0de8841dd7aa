import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OktaTiming } from '@gatehouse/connectors/okta/okta-timing';
import type { Express } from 'express';
import type { DestinationStream } from 'pino';
import packageJson from '../../../package.json' with { type: 'json' };
import { buildLogin } from './build-login.ts';
import { buildSync } from './build-sync.ts';
import type { Config, Secrets } from './config.ts';
import { ensureDataDirectory } from './data-directory.ts';
import { createHttpApp } from './http/create-http-app.ts';
import { defaultRateLimits, type RateLimits } from './http/rate-limits.ts';
import { LiveHub } from './http/server-sent-events.ts';
import { createSessionCookie } from './http/session-cookie.ts';
import { createLogger, type Logger } from './logging/logger.ts';
import { originFor } from './outbound/allow-list.ts';
import type { Resolve } from './outbound/guarded-lookup.ts';
import { createOutboundFetch } from './outbound/outbound-fetch.ts';
import { accountsRoutes } from './routes/accounts-routes.ts';
import { auditRoutes } from './routes/audit-routes.ts';
import { overviewRoutes } from './routes/overview-routes.ts';
import { createServerChecks } from './routes/server-checks.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { systemRoutes } from './routes/system-routes.ts';
import { loadAppKeys } from './security/app-key.ts';
import { createRateGate } from './security/rate-gate.ts';
import { createSecretBox } from './security/secret-box.ts';
import { createSetupToken } from './security/setup-token.ts';
import { createFirstAdmin } from './staff/first-admin.ts';
import { AccountStore } from './stores/accounts/store.ts';
import { AuditStore } from './stores/audit/store.ts';
import { databaseFile, openDataDirectory } from './stores/open-data-directory.ts';
import { SecretStore } from './stores/secrets/store.ts';
import { ServerFactStore } from './stores/server-facts/store.ts';
import { SessionStore } from './stores/sessions/store.ts';

/** What a test replaces; a start leaves all of it out. */
export type AppOverrides = {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Names to addresses, for calls to configured hosts. */
  resolve?: Resolve;
  logDestination?: DestinationStream;
  rateLimits?: RateLimits;
  heartbeatMs?: number;
  /** Time-outs and back-offs of calls to Okta. */
  oktaTiming?: OktaTiming;
  /** The built single-page app. */
  webDirectory?: string;
};

export type BuiltApp = {
  readonly handler: Express;
  readonly logger: Logger;
  /** Null once set-up is done. */
  readonly setUpToken: string | null;
  /** Tells a second process where this one listens. */
  announceAddress(address: string): Promise<void>;
  /** From now on every request but /healthz is answered 503, and event streams end. */
  stopTaking(): void;
  /** Ends what runs and closes everything; after the server has stopped. */
  close(): Promise<void>;
};

const builtWeb = fileURLToPath(new URL('../../web/dist', import.meta.url));

/**
 * The composition root: makes every part of the process and joins them.
 * @param onFatal told when the process can no longer go on, e.g. when another one took the data directory over
 * @throws errors whose messages are for the person at the terminal, see `describeStartFailure`
 */
export async function buildApp(
  { config, secrets }: { config: Config; secrets: Secrets },
  onFatal: (cause: unknown) => void,
  overrides: AppOverrides = {},
): Promise<BuiltApp> {
  const now = overrides.now ?? Date.now;
  const { logDestination: destination } = overrides;
  const logger = createLogger({ logLevel: config.logLevel, ...(destination ? { destination } : {}) });
  await ensureDataDirectory(config.dataDir);
  const isNewDatabase = !existsSync(databaseFile(config.dataDir));
  const directory = await openDataDirectory({ directory: config.dataDir, now, onOwnershipLost: onFatal });
  try {
    return await assemble({ config, secrets, overrides, now, logger, directory, isNewDatabase });
  } catch (error) {
    await directory.close();
    throw error;
  }
}

type Parts = {
  config: Config;
  secrets: Secrets;
  overrides: AppOverrides;
  now: () => number;
  logger: Logger;
  directory: Awaited<ReturnType<typeof openDataDirectory>>;
  isNewDatabase: boolean;
};

async function assemble(parts: Parts): Promise<BuiltApp> {
  const { config, overrides, now, logger, directory } = parts;
  const { database } = directory;
  const startedAt = now();
  let isStopping = false;

  // stores
  const facts = new ServerFactStore(database);
  logger.info({ instanceId: await facts.instanceId(), version: packageJson.version }, 'starting');
  const { box, isKeyBesideData } = await openSecretBox(parts, facts);
  const secretStore = new SecretStore(database, box);
  await secretStore.rotate();
  const sessions = new SessionStore(database);
  const accounts = new AccountStore(database, sessions);
  const audit = new AuditStore(database);

  // doors to the outside
  const outbound = createOutboundFetch({
    allow: config.outboundAllow,
    userAgent: `Gatehouse/${packageJson.version}`,
    ...(parts.secrets.outboundProxy === undefined ? {} : { proxy: parts.secrets.outboundProxy }),
    ...(config.outboundCa === undefined ? {} : { ca: config.outboundCa }),
    ...(overrides.resolve ? { resolve: overrides.resolve } : {}),
  });
  const live = new LiveHub({
    now,
    isLive: (tokenHash) => sessions.isLive(tokenHash),
    onError: (error) => logger.error({ err: error }, 'live events: sessions could not be checked'),
    ...(overrides.heartbeatMs === undefined ? {} : { heartbeatMs: overrides.heartbeatMs }),
  });

  // staff
  const gate = createRateGate({ now });
  const setupToken = createSetupToken(config.dataDir);
  const credentials = { email: config.adminEmail, password: parts.secrets.adminPassword };
  if (await createFirstAdmin({ accounts, facts }, credentials)) logger.info('first administrator made');
  const setUpToken = facts.isSetUpDone() ? null : await setupToken.ensure();
  if (setUpToken === null) await setupToken.remove();

  // HTTP
  const sessionCookie = createSessionCookie(config.publicUrl);
  const checkServer = await createServerChecks({
    config,
    applied: directory.migration.applied,
    isNewDatabase: parts.isNewDatabase,
    isKeyBesideData,
  });
  const common = {
    database,
    secrets: secretStore,
    fetch: outbound.fetch,
    originOf: (domain: string) => originFor(domain, config.outboundAllow),
    live,
    logger,
    now,
  };
  const sync = buildSync({
    ...common,
    holder: `${hostname()}:${process.pid}`,
    ...(overrides.oktaTiming ? { oktaTiming: overrides.oktaTiming } : {}),
  });
  const { connectors, runs, openSource } = sync;
  const login = buildLogin({
    ...common,
    box,
    publicUrl: config.publicUrl,
    outboundAllow: config.outboundAllow,
    connectors,
    openSource,
    serverVersion: packageJson.version,
  });
  const routes = {
    ...sync.routes,
    ...login.routes,
    ...overviewRoutes({ connectors, runs, directory: sync.directory, secrets: secretStore, login, now }),
    ...systemRoutes({
      live,
      facts,
      cookieName: sessionCookie.name,
      checkServer,
      server: {
        product: 'Gatehouse',
        version: packageJson.version,
        publicUrl: config.publicUrl,
        insecureTransport: config.isInsecure,
        rehearsalUrl: config.rehearsalUrl ?? null,
        startedAt: new Date(startedAt).toISOString(),
      },
    }),
    ...sessionRoutes({ accounts, sessions, audit, facts, gate, live, setupToken, now }),
    ...accountsRoutes({ accounts, sessions, live }),
    ...auditRoutes(audit),
  };
  const handler = await createHttpApp({
    address: config,
    logger,
    routes,
    frame: { sessions, sessionCookie },
    doors: login.doors,
    rateLimits: overrides.rateLimits ?? defaultRateLimits,
    webDirectory: overrides.webDirectory ?? builtWeb,
    isStopping: () => isStopping,
  });

  await sync.start();
  login.start();
  return {
    handler,
    logger,
    setUpToken,
    announceAddress: (address) => directory.owner.setAddress(address),
    stopTaking() {
      isStopping = true;
      live.close();
    },
    async close() {
      live.close();
      await login.stop();
      await sync.stop();
      await outbound.close();
      await directory.close();
    },
  };
}

/** @throws AppKeyError */
async function openSecretBox({ config, logger }: Parts, facts: ServerFactStore) {
  const { keys, path, warnings } = await loadAppKeys({
    dataDir: config.dataDir,
    mayGenerate: !facts.hasKeyCanary(),
    ...(config.appKeyFile === undefined ? {} : { appKeyFile: config.appKeyFile }),
  });
  for (const warning of warnings) logger.warn(warning);
  const box = createSecretBox({ keys });
  await facts.checkKey(box);
  return { box, isKeyBesideData: dirname(path) === config.dataDir };
}
