import { setTimeout as wait } from 'node:timers/promises';
import { liveTopics } from '@gatehouse/contracts/live-events';
import type { LivePublisher } from './http/server-sent-events.ts';
import { TrackerKeeper } from './jobs/tracker-keeper.ts';
import type { Logger } from './logging/logger.ts';
import { createTraceRedactor } from './logging/redact-traces.ts';
import { settingsRoutes } from './routes/settings-routes.ts';
import { trackerRoutes } from './routes/tracker-routes.ts';
import { AuditStore } from './stores/audit/store.ts';
import type { Database } from './stores/database.ts';
import { GeneralSettingsStore } from './stores/general-settings/store.ts';
import type { SecretStore } from './stores/secrets/store.ts';
import { TraceCleaner } from './stores/trackers/clean-trace.ts';
import type { TrackerLimits } from './stores/trackers/purge.ts';
import { TrackerStore } from './stores/trackers/store.ts';
import type { PassedTest, TrackerChange } from './stores/trackers/tracer.ts';
import { SqliteLoginTracers } from './stores/trackers/tracers.ts';
import type { TrackedIdps } from './stores/trackers/tracked-idp.ts';
import { TrackerIds } from './stores/trackers/tracker-ids.ts';
import type { BundleConnector } from './support/bundle-configuration.ts';

/** Lists are told of changes at most this often: a tracker's own page at once. Milliseconds. */
const announceEveryMs = 300;

export type TrackerPartsInput = {
  readonly database: Database;
  readonly secrets: SecretStore;
  readonly live: LivePublisher;
  readonly logger: Logger;
  /** PUBLIC_URL, without a slash at the end. */
  readonly publicUrl: string;
  readonly serverVersion: string;
  readonly idps: TrackedIdps;
  /** By its public id; null when it is gone. */
  readonly connectorOf: (publicId: string) => BundleConnector | null;
  /** Secrets in clear that no trace and no bundle may hold, such as client secrets. */
  readonly redactValues: () => readonly string[];
  /** Marks the IdP as tested. */
  readonly onTestPassed: (test: PassedTest) => Promise<void>;
  readonly limits?: TrackerLimits;
};

/** Joins trackers and general settings: stores, traces, routes and the keeper. */
export function trackerParts(input: TrackerPartsInput) {
  const { database, secrets, live, logger, idps, redactValues, publicUrl } = input;
  const settings = new GeneralSettingsStore(database);
  const trackerDays = () => settings.current().settings.trackerDays;
  const redactor = () => createTraceRedactor(redactValues());
  const ids = new TrackerIds(database);
  const changed = createAnnouncer(live, idps);
  const trackers = new TrackerStore({
    database,
    secrets,
    ids,
    idps,
    cleaner: () => new TraceCleaner(redactor()),
    trackerDays,
    publicUrl,
    changed,
  });
  const tracers = new SqliteLoginTracers({
    database,
    ids,
    redactValues,
    changed,
    onTestPassed: input.onTestPassed,
    onError: (error, tracker) =>
      logger.error({ err: error, tracker }, 'The trace of a login could not be written'),
  });
  const keeper = new TrackerKeeper({
    database,
    changed,
    trackerDays,
    log: logger,
    ...(input.limits ? { limits: input.limits } : {}),
  });
  const routes = {
    ...trackerRoutes({
      trackers,
      settings,
      audit: new AuditStore(database),
      idps,
      connectorOf: input.connectorOf,
      redactor,
      server: { version: input.serverVersion, publicUrl },
      live,
    }),
    ...settingsRoutes({ settings, live }),
  };
  return { tracers, trackers, settings, routes, keeper };
}

/** Many logins a second are one piece of news for a list. */
function createAnnouncer(live: LivePublisher, idps: TrackedIdps): (change: TrackerChange) => void {
  const waiting = new Set<string>();
  function soon(topic: string): void {
    if (waiting.has(topic)) return;
    waiting.add(topic);
    void wait(announceEveryMs, undefined, { ref: false }).then(() => {
      waiting.delete(topic);
      live.publish(topic);
    });
  }
  const publicIds = new Map<number, string>();
  function publicIdOf(idpId: number): string | undefined {
    const publicId = publicIds.get(idpId) ?? idps.idpOf(idpId)?.publicId;
    if (publicId !== undefined) publicIds.set(idpId, publicId);
    return publicId;
  }
  return ({ trackerId, idpId, end }) => {
    live.publish(liveTopics.tracker(trackerId));
    soon(liveTopics.trackers);
    if (end === null) return;
    const publicId = publicIdOf(idpId);
    if (publicId !== undefined) soon(liveTopics.idp(publicId));
    soon(liveTopics.idps);
    soon(liveTopics.overview);
  };
}
