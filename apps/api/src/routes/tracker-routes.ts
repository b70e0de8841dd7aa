import { trackerEndpoints } from '@gatehouse/contracts/endpoints/tracker-endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import type { SupportBundle, Tracker } from '@gatehouse/contracts/tracker';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { TraceRedactor } from '../logging/redact-traces.ts';
import type { AuditStore } from '../stores/audit/store.ts';
import type { GeneralSettingsStore } from '../stores/general-settings/store.ts';
import type { TrackerStore } from '../stores/trackers/store.ts';
import type { TrackedIdp, TrackedIdps, UntestableIdp } from '../stores/trackers/tracked-idp.ts';
import type { BundleConnector } from '../support/bundle-configuration.ts';
import { makeSupportBundle } from '../support/support-bundle.ts';
import { auditBy } from './audit-by.ts';
import { sendZip } from './send-zip.ts';

export type TrackerRouteParts = {
  readonly trackers: TrackerStore;
  readonly settings: GeneralSettingsStore;
  readonly audit: AuditStore;
  readonly idps: TrackedIdps;
  /** The connector of *Update with UserSync*, by its public id; null when it is gone. */
  readonly connectorOf: (publicId: string) => BundleConnector | null;
  /** Knows the secrets of this moment. */
  readonly redactor: () => TraceRedactor;
  readonly server: { readonly version: string; readonly publicUrl: string };
  readonly live: LivePublisher;
};

/** Trackers, for support staff: they see these and nothing else. */
export function trackerRoutes(parts: TrackerRouteParts): RoutesFor<typeof trackerEndpoints> {
  const { trackers, idps, audit, live } = parts;

  return {
    listTrackers: implement(trackerEndpoints.listTrackers, async ({ query }) => trackers.list(query, query)),

    listTestableIdps: implement(trackerEndpoints.listTestableIdps, async ({ query: { limit, offset } }) => ({
      ...idps.listTestable(limit, offset),
      offset,
    })),

    createTracker: implement(trackerEndpoints.createTracker, async ({ body, session, request }) => {
      const idp = idps.findIdp(body.idpId);
      if (idp === null) throw new ApiError('not-found', 'There is no such identity provider.');
      const upstream = idps.upstreamOf(idp.publicId, 'test');
      if ('unavailable' in upstream) throw untestable(idp, upstream);
      const { id: idpId, settingsVersion } = idp;
      const tracker = await trackers.createTest({ idpId, settingsVersion, by: auditBy(session, request) });
      live.publish(liveTopics.audit);
      return tracker;
    }),

    getTracker: implement(trackerEndpoints.getTracker, async ({ params }) =>
      mustFind(trackers, params.trackerId),
    ),

    getSupportBundle: implement(trackerEndpoints.getSupportBundle, async ({ params }) =>
      bundleOf(mustFind(trackers, params.trackerId), parts),
    ),

    downloadSupportBundle: implement(
      trackerEndpoints.downloadSupportBundle,
      async ({ params, session, request, http }) => {
        const tracker = mustFind(trackers, params.trackerId);
        const { files, removed } = bundleOf(tracker, parts);
        await audit.add({
          by: auditBy(session, request),
          action: 'tracker.bundle-downloaded',
          subject: { kind: 'tracker', id: tracker.id, name: tracker.id },
          after: { files: files.map(({ name }) => name), removed },
        });
        live.publish(liveTopics.audit);
        await sendZip(http.response, {
          fileName: `gatehouse-tracker-${tracker.id}.zip`,
          files,
          modifiedAt: new Date(tracker.finishedAt ?? tracker.createdAt),
        });
      },
    ),
  };
}

function mustFind(trackers: TrackerStore, trackerId: string): Tracker {
  const tracker = trackers.find(trackerId);
  if (tracker !== null) return tracker;
  throw new ApiError(
    'not-found',
    `There is no tracker ${trackerId}: it never was, or it has been deleted by age.`,
  );
}

function bundleOf(tracker: Tracker, parts: TrackerRouteParts): SupportBundle {
  const idp = parts.idps.idpOf(parts.trackers.idpIdOf(tracker.id));
  const traced = idp === null ? null : parts.idps.versionOf(idp.id, tracker.settingsVersion);
  if (idp === null || traced === null) throw new Error(`the IdP of tracker ${tracker.id} is not known`);
  const { connectorId } = traced.settings;
  return makeSupportBundle({
    tracker,
    sources: {
      server: parts.server,
      idp,
      traced: { ...traced, version: tracker.settingsVersion },
      connector: connectorId === null ? null : parts.connectorOf(connectorId),
    },
    redactor: parts.redactor(),
    supportAddress: parts.settings.current().settings.supportAddress,
  });
}

function untestable({ name }: TrackedIdp, { unavailable, missing }: UntestableIdp): ApiError {
  const shown = name === '' ? 'The identity provider' : name;
  const labels = missing.map(({ label }) => `“${label}”`);
  const detail =
    unavailable === 'idp-disabled'
      ? `${shown} is disabled. Enable it before you test it.`
      : `${shown} cannot be tested yet. Missing: ${labels.join(', ')}.`;
  return new ApiError('idp-incomplete', detail, {
    facts: { reason: unavailable, missing: missing.map(({ part }) => part) },
  });
}
