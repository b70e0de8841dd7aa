import { systemEndpoints } from '@gatehouse/contracts/endpoints/system-endpoints';
import type { Overview } from '@gatehouse/contracts/overview';
import type { TrackerSummary } from '@gatehouse/contracts/tracker';
import { describeSchedule } from '@gatehouse/schedule/describe-schedule';
import { implement, type RoutesFor } from '../http/route.ts';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import { apiTokenKey, type ConnectorStore } from '../stores/connectors/store.ts';
import type { DirectoryStore } from '../stores/directory/store.ts';
import { toInstant } from '../stores/raw.ts';
import type { RunStore } from '../stores/runs/store.ts';
import type { SecretStore } from '../stores/secrets/store.ts';
import type { LoginMilestones } from './login-steps.ts';
import { setUpSteps } from './set-up-steps.ts';

/** Connectors that the health cards name; the rest is in their list. */
const connectorsShown = 20;

export type OverviewRouteParts = {
  readonly connectors: ConnectorStore;
  readonly runs: RunStore;
  readonly directory: DirectoryStore;
  readonly secrets: SecretStore;
  readonly login: {
    milestones(): LoginMilestones;
    /** Newest real login that failed. */
    newestFailure(): TrackerSummary | null;
  };
  readonly now: () => number;
};

/** The set-up checklist and the health, computed from what is stored. */
export function overviewRoutes(
  parts: OverviewRouteParts,
): RoutesFor<Pick<typeof systemEndpoints, 'getOverview'>> {
  const { connectors, runs, directory, secrets, login, now } = parts;
  return {
    getOverview: implement(systemEndpoints.getOverview, async () => {
      const { items } = connectors.list(connectorsShown, 0);
      const milestones = runs.milestones();
      return {
        now: toInstant(now()),
        steps: setUpSteps(items, milestones, login.milestones()),
        held: milestones.held,
        heldTotal: milestones.heldTotal,
        health: {
          tokens: items.map((connector) => tokenHealth(connector, secrets)),
          lastSync: milestones.lastSync,
          nextRun: nextRunOf(items),
          lastLoginFailure: login.newestFailure(),
          directory: directory.counts(),
        },
      };
    }),
  };
}

function tokenHealth(connector: ConnectorRecord, secrets: SecretStore): Overview['health']['tokens'][number] {
  const { set, updatedAt, usedAt } = secrets.state(apiTokenKey(connector.id));
  return {
    connector: { id: connector.publicId, name: connector.name },
    set,
    updatedAt,
    usedAt,
    connection: connector.connection,
  };
}

function nextRunOf(connectors: readonly ConnectorRecord[]): Overview['health']['nextRun'] {
  let soonest: { connector: ConnectorRecord; at: number } | null = null;
  for (const connector of connectors) {
    const at = connector.nextRunAt;
    if (at !== null && (soonest === null || at < soonest.at)) soonest = { connector, at };
  }
  const schedule = soonest?.connector.settings.schedule.value;
  if (!soonest || !schedule) return null;
  return {
    connector: { id: soonest.connector.publicId, name: soonest.connector.name },
    at: toInstant(soonest.at),
    words: describeSchedule(schedule),
    timeZone: schedule.timeZone,
  };
}
