import { type PreparedSettings, prepareOktaSettings } from '@gatehouse/connectors/okta/okta-settings';
import type { Connector } from '@gatehouse/contracts/connector';
import { connectorEndpoints } from '@gatehouse/contracts/endpoints/connector-endpoints';
import { liveTopics } from '@gatehouse/contracts/live-events';
import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import { ApiError } from '../http/errors.ts';
import { implement, type RoutesFor } from '../http/route.ts';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { ConnectionTests } from '../jobs/connection-tests.ts';
import { nextRunAfter } from '../jobs/next-run.ts';
import type { RunStarter } from '../jobs/run-starter.ts';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import { apiTokenKey, type ConnectorStore } from '../stores/connectors/store.ts';
import type { RunStore } from '../stores/runs/store.ts';
import { auditBy } from './audit-by.ts';
import { type ConnectorViewParts, connectorView } from './connector-view.ts';
import { mustFindRun } from './must-find-run.ts';

export type ConnectorRouteParts = {
  readonly connectors: ConnectorStore;
  readonly runs: RunStore;
  readonly starter: RunStarter;
  readonly tests: ConnectionTests;
  readonly view: ConnectorViewParts;
  readonly live: LivePublisher;
  readonly now: () => number;
};

type Routes = RoutesFor<Omit<typeof connectorEndpoints, 'listDirectories'>>;

/** Connectors: settings, connection test, and the runs that people start. */
export function connectorRoutes(parts: ConnectorRouteParts): Routes {
  const { connectors, runs, starter, tests, view, live, now } = parts;

  function find(connectorId: string): ConnectorRecord {
    const record = connectors.find(connectorId);
    if (record === null) throw new ApiError('not-found', 'There is no such connector (any more).');
    return record;
  }

  function announce(connectorId: string): void {
    for (const topic of [
      liveTopics.connectors,
      liveTopics.connector(connectorId),
      liveTopics.overview,
      liveTopics.audit,
    ]) {
      live.publish(topic);
    }
  }

  return {
    listConnectors: implement(connectorEndpoints.listConnectors, async ({ query }) => {
      const { total, items } = connectors.list(query.limit, query.offset);
      return { total, offset: query.offset, items: items.map((record) => connectorView(record, view)) };
    }),

    getConnector: implement(connectorEndpoints.getConnector, async ({ params }) =>
      connectorView(find(params.connectorId), view),
    ),

    createConnector: implement(connectorEndpoints.createConnector, async ({ body, session, request }) => {
      const prepared = accept(
        prepareOktaSettings(body.settings, null, body.apiToken !== undefined, new Date(now())),
      );
      const { kind, name } = body;
      const created = await connectors.create(
        {
          kind,
          name,
          settings: prepared.settings,
          directoryId: body.directoryId ?? null,
          apiToken: body.apiToken ?? null,
          nextRunAt: nextRunAfter(prepared.settings, now()),
        },
        auditBy(session, request),
      );
      if (created === 'directory-missing') {
        throw new ApiError('not-found', 'There is no such directory (any more).', { field: 'directoryId' });
      }
      if (created === 'name-taken') throw nameTaken(name);
      announce(created.publicId);
      live.publish(liveTopics.directory);
      return connectorView(created, view, prepared.notices);
    }),

    changeConnector: implement(
      connectorEndpoints.changeConnector,
      async ({ params, body, session, request }) => {
        const record = find(params.connectorId);
        const prepared = accept(
          prepareOktaSettings(body.settings, record.settings, body.apiToken !== undefined, new Date(now())),
        );
        const saved = await connectors.save(
          record,
          {
            name: body.name,
            expectedVersion: body.expectedVersion,
            expectedName: body.expectedName,
            settings: prepared.settings,
            untested: body.apiToken !== undefined || record.settings.domain !== prepared.settings.domain,
            nextRunAt: keepOrPlan(record, prepared.settings, now()),
            token: tokenChange(body.apiToken, prepared.clearToken),
          },
          auditBy(session, request),
        );
        if (saved === 'name-taken') throw nameTaken(body.name);
        if (saved === 'version-conflict') throw versionConflict(find(params.connectorId), body);
        announce(saved.publicId);
        return connectorView(saved, view, prepared.notices);
      },
    ),

    removeConnector: implement(
      connectorEndpoints.removeConnector,
      async ({ params, body, session, request }) => {
        const record = find(params.connectorId);
        if (body.confirmName.trim() !== record.name) {
          throw new ApiError('confirmation-wrong', `Type ${record.name} to remove this connector.`, {
            field: 'confirmName',
          });
        }
        if (!(await connectors.remove(record, auditBy(session, request)))) throw inProgress(record, view);
        announce(record.publicId);
        live.publish(liveTopics.directory);
      },
    ),

    testConnection: implement(
      connectorEndpoints.testConnection,
      async ({ params, query, session, request }) => {
        const record = find(params.connectorId);
        await connectors.noteTest(record, auditBy(session, request));
        live.publish(liveTopics.audit);
        const running = tests.start(record);
        return query.wait === 'true' ? running.finished : running.current();
      },
    ),

    getConnectionTest: implement(connectorEndpoints.getConnectionTest, async ({ params }) => {
      const record = find(params.connectorId);
      return { test: tests.running(record.id) ?? record.connectionTest };
    }),

    startRun: implement(connectorEndpoints.startRun, async ({ params, body, session, request }) => {
      const record = find(params.connectorId);
      const { intent, scope } = body;
      if (!view.secrets.state(apiTokenKey(record.id)).set) {
        throw new ApiError('secret-missing', 'Paste an API token first: without it Okta answers nothing.', {
          field: 'apiToken',
        });
      }
      const runId = await starter.start(
        { connector: record, intent, scope, trigger: 'manual', startedBy: session.account.name },
        auditBy(session, request),
      );
      if (runId === null) throw inProgress(record, view);
      return mustFindRun(runs, runId);
    }),

    listConnectorRuns: implement(connectorEndpoints.listConnectorRuns, async ({ params, query }) =>
      runs.list({ connectorId: find(params.connectorId).id }, query),
    ),
  };
}

/** The planned time stays when the schedule does: saving a name does not postpone a run. */
function keepOrPlan(record: ConnectorRecord, settings: OktaSettings, now: number): number | null {
  const same = JSON.stringify(record.settings.schedule) === JSON.stringify(settings.schedule);
  return same ? record.nextRunAt : nextRunAfter(settings, now);
}

function tokenChange(sent: string | undefined, isCleared: boolean) {
  if (sent !== undefined) return { replacedBy: sent };
  return isCleared ? 'cleared' : 'kept';
}

type Accepted = { settings: OktaSettings; notices: Connector['notices']; clearToken: boolean };

function accept(prepared: PreparedSettings): Accepted {
  if (prepared.ok) return { ...prepared, notices: [...prepared.notices] };
  const [first, ...others] = prepared.problems;
  if (first === undefined) throw new Error('settings were refused without a problem');
  throw new ApiError(first.code, first.detail, {
    field: first.field,
    ...(others.length > 0 ? { fields: prepared.problems } : {}),
  });
}

function nameTaken(name: string): ApiError {
  return new ApiError('name-taken', `Another connector is called “${name}”. Choose another name.`, {
    field: 'name',
  });
}

function versionConflict(current: ConnectorRecord, sent: { expectedVersion: number }): ApiError {
  const saved =
    current.settingsVersion === sent.expectedVersion
      ? `This connector was renamed to “${current.name}” in the meantime.`
      : `${current.changedBy} saved this connector in the meantime.`;
  return new ApiError('version-conflict', `${saved} Load the saved version and make your change again.`, {
    facts: { settingsVersion: current.settingsVersion, changedBy: current.changedBy },
  });
}

function inProgress(record: ConnectorRecord, view: ConnectorViewParts): ApiError {
  const active = view.runsOf(record.id).active;
  const which = active === null ? 'A run' : `Run #${active.id}`;
  return new ApiError(
    'run-in-progress',
    `${which} of ${record.name} is in progress. Wait for it, or cancel it.`,
    {
      ...(active === null ? {} : { facts: { runId: active.id } }),
    },
  );
}
