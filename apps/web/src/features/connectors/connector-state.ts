import type { Connector } from '@gatehouse/contracts/connector';
import type { RunCounters, RunSummary } from '@gatehouse/contracts/run';
import type { PillState } from '../../components/ui/state-pill.tsx';

export type ConnectorState = { pill: PillState; word: string };

const ACTIVE_WORDS: Partial<Record<RunSummary['state'], ConnectorState>> = {
  queued: { pill: 'queued', word: 'Queued' },
  reading: { pill: 'running', word: 'Reading Okta' },
  planning: { pill: 'running', word: 'Planning' },
  applying: { pill: 'running', word: 'Applying' },
};

/** The one word about a connector: what waits for a person first, then what runs, then what is wrong. */
export function connectorState(connector: Connector): ConnectorState {
  const { heldRun, activeRun, apiToken, connection, connectionTest, lastRun } = connector;
  if (heldRun !== null) return { pill: 'held', word: '1 run held' };
  if (activeRun !== null) return ACTIVE_WORDS[activeRun.state] ?? { pill: 'running', word: 'Running' };
  if (!apiToken.set) return { pill: 'warning', word: 'Token missing' };
  if (connection === 'not-connected') return { pill: 'failed', word: 'Not connected' };
  if (lastRun !== null && lastRun.state !== 'done') return stateAfter(lastRun);
  if (connection === 'untested') return { pill: 'off', word: 'Not tested' };
  if (connectionTest?.state === 'warning') return { pill: 'warning', word: 'Test has a warning' };
  if (lastRun === null) return { pill: 'passed', word: 'Connected' };
  return stateAfter(lastRun);
}

function stateAfter(run: RunSummary): ConnectorState {
  const what = run.intent === 'simulate' ? 'simulation' : 'sync';
  switch (run.state) {
    case 'failed':
      return { pill: 'failed', word: `Last ${what} failed` };
    case 'interrupted':
      return { pill: 'warning', word: `Last ${what} interrupted` };
    case 'cancelled':
      return { pill: 'over', word: `Last ${what} cancelled` };
    case 'discarded':
      return { pill: 'over', word: 'Last plan discarded' };
    default:
      return hasOpenPlan(run)
        ? { pill: 'not-applied', word: 'Simulated' }
        : { pill: 'passed', word: 'Up to date' };
  }
}

/** A simulation that found something to do, which waits to be reviewed. */
export function hasOpenPlan({ intent, state, counters }: RunSummary): boolean {
  return intent === 'simulate' && state === 'done' && counters !== null && changesOf(counters) > 0;
}

/** Changes of people and groups. Failed rows are none: they are the same in each run until somebody acts. */
function changesOf(counters: RunCounters): number {
  return counters.added + counters.modified + counters.cleanedUp + groupChangesOf(counters);
}

/** What a held run would change: people and groups. */
export function heldChangesOf(counters: RunCounters | null): number {
  return counters === null ? 0 : counters.held + groupChangesOf(counters);
}

export function groupChangesOf(counters: RunCounters): number {
  return counters.groupsAdded + counters.groupsModified + counters.groupsCleanedUp;
}

/** "full sync" or "full simulation". */
export function runKind({ scope, intent, origin }: RunSummary): string {
  const what = intent === 'simulate' ? 'simulation' : 'sync';
  if (origin.kind === 'plan') return `plan of #${origin.runId}`;
  if (origin.kind === 'undo') return `undo of #${origin.runId}`;
  return `${scope === 'single-user' ? 'one-user' : scope} ${what}`;
}
