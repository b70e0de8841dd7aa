import type { SetUpStep } from '@gatehouse/contracts/overview';
import type { RunCounters, RunSummary } from '@gatehouse/contracts/run';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import { type LoginMilestones, loginSteps } from './login-steps.ts';

/** What the checklist needs of the runs. */
export type Milestones = {
  readonly firstSync: RunSummary | null;
  readonly firstReviewed: RunSummary | null;
  readonly newestSimulation: RunSummary | null;
};

/** A step before it is known which one comes next. */
export type Step = Omit<SetUpStep, 'state' | 'continueAt'> & { isDone: boolean; continueAt: string | null };

/** The set-up as a checklist: done steps in any order, and the first open one that is possible comes next. */
export function setUpSteps(
  connectors: readonly ConnectorRecord[],
  milestones: Milestones,
  login: LoginMilestones,
): SetUpStep[] {
  const steps = [
    connectorTested(connectors),
    simulationReviewed(connectors, milestones),
    firstSyncDone(connectors, milestones),
    ...loginSteps(login),
  ];
  const next = steps.find((step) => !step.isDone && step.continueAt !== null);
  return steps.map(({ isDone, ...step }) => ({
    ...step,
    state: isDone ? 'done' : step === next || step.code === next?.code ? 'next' : 'open',
    continueAt: isDone ? null : step.continueAt,
  }));
}

function connectorTested(connectors: readonly ConnectorRecord[]): Step {
  const tested = connectors.find((connector) => connector.connection === 'connected');
  const step = { code: 'connector-tested', label: 'Connector tested' } as const;
  if (tested) {
    const visible = tested.connectionTest?.visible;
    const sees =
      visible?.users == null || visible.groups === null
        ? ''
        : ` and sees ${visible.usersAtLeast ? 'at least ' : ''}${count(visible.users, 'user')}, ${count(visible.groups, 'group')}`;
    const at = tested.connectionTest?.finishedAt ?? null;
    return {
      ...step,
      isDone: true,
      fact: `${tested.name} reaches ${tested.settings.domain}${sees}`,
      at,
      continueAt: null,
    };
  }
  const [first] = connectors;
  if (!first) {
    return {
      ...step,
      isDone: false,
      fact: 'Create a connector with your Okta domain and an API token',
      at: null,
      continueAt: '/connectors/new',
    };
  }
  const fact =
    first.connection === 'not-connected'
      ? `The last test of ${first.name} failed`
      : `${first.name} is saved, but not tested`;
  return { ...step, isDone: false, fact, at: null, continueAt: `/connectors/${first.publicId}/connection` };
}

function simulationReviewed(connectors: readonly ConnectorRecord[], milestones: Milestones): Step {
  const step = { code: 'simulation-reviewed', label: 'Simulation reviewed' } as const;
  const { firstReviewed, newestSimulation } = milestones;
  if (firstReviewed?.reviewed) {
    const { id, reviewed } = firstReviewed;
    return {
      ...step,
      isDone: true,
      fact: `Simulation #${id}, reviewed by ${reviewed.by}`,
      at: reviewed.at,
      continueAt: null,
    };
  }
  if (newestSimulation) {
    return {
      ...step,
      isDone: false,
      fact: `Simulation #${newestSimulation.id} waits to be looked at`,
      at: null,
      continueAt: `/runs/${newestSimulation.id}/review`,
    };
  }
  const isPossible = connectors.some((connector) => connector.connection === 'connected');
  return {
    ...step,
    isDone: false,
    fact: isPossible
      ? 'Simulate a sync: it shows every change and writes nothing'
      : 'Possible as soon as a connector is tested',
    at: null,
    continueAt: isPossible ? '/connectors' : null,
  };
}

function firstSyncDone(
  connectors: readonly ConnectorRecord[],
  { firstSync, newestSimulation }: Milestones,
): Step {
  const step = { code: 'first-sync-done', label: 'First sync done' } as const;
  if (firstSync) {
    const { id, counters, finishedAt } = firstSync;
    const changes = counters ? changesOf(counters) : 0;
    return {
      ...step,
      isDone: true,
      fact: `Run #${id} applied ${count(changes, 'change')}`,
      at: finishedAt,
      continueAt: null,
    };
  }
  const isPossible = connectors.some((connector) => connector.connection === 'connected');
  return {
    ...step,
    isDone: false,
    fact: isPossible
      ? 'Apply a reviewed simulation, or sync in one go'
      : 'Possible as soon as a connector is tested',
    at: null,
    continueAt: isPossible
      ? newestSimulation
        ? `/runs/${newestSimulation.id}/review`
        : '/connectors'
      : null,
  };
}

/** People and groups, as the run's own page counts them. */
function changesOf(counters: RunCounters): number {
  const { added, modified, cleanedUp, groupsAdded, groupsModified, groupsCleanedUp } = counters;
  return added + modified + cleanedUp + groupsAdded + groupsModified + groupsCleanedUp;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}
