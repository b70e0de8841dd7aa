import { liveTopics } from '@gatehouse/contracts/live-events';
import type { CodedReason } from '@gatehouse/contracts/run';
import type { PeopleStore, PersonRefresher, RefreshOutcome } from '@gatehouse/login/ports';
import type { PersonApplier, PersonDirectory } from '@gatehouse/sync/person-ports';
import { PersonQueue } from '@gatehouse/sync/person-queue';
import { personReason, personReasonWords } from '@gatehouse/sync/person-reasons';
import { type PersonOutcome, type PersonRequest, refreshPerson } from '@gatehouse/sync/person-run';
import type { PersonRead, Source } from '@gatehouse/sync/source';
import type { LivePublisher } from '../http/server-sent-events.ts';
import type { Logger } from '../logging/logger.ts';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import type { ConnectorStore } from '../stores/connectors/store.ts';
import { loginUpdate } from './login-update.ts';

export type PersonRefresherParts = {
  readonly connectors: Pick<ConnectorStore, 'find' | 'findById'>;
  readonly hasToken: (connectorId: number) => boolean;
  /** The source with the connector's settings and secret; shares its rate limit with full runs. */
  readonly openSource: (connector: ConnectorRecord) => Promise<Source>;
  readonly directory: PersonDirectory;
  readonly applier: PersonApplier;
  readonly people: Pick<PeopleStore, 'findSynced'>;
  readonly live: LivePublisher;
  readonly log: Logger;
};

/** `code`: the stable code of the reason, null where there is none; `reason` says it in words. */
export type CodedRefreshOutcome = RefreshOutcome & { readonly code: string | null };

/** Answers `unavailable` for what goes wrong, and never throws. */
export interface CodedPersonRefresher extends PersonRefresher {
  refresh(connectorId: number, externalId: string, signal: AbortSignal): Promise<CodedRefreshOutcome>;
}

/**
 * Sync's single-user run as login's refresher: once writing, for logins, and once planning, for tests, which is handed no
 * applier. Both share their reads.
 */
export function createPersonRefresher(parts: PersonRefresherParts): {
  readonly applying: CodedPersonRefresher;
  readonly planning: CodedPersonRefresher;
} {
  const { directory, applier } = parts;
  const plans = { directory, queue: new PersonQueue<PersonRead>() };
  return {
    applying: {
      refresh: refresherOf(parts, (request) => refreshPerson(request, { ...plans, applier }), true),
    },
    planning: { refresh: refresherOf(parts, (request) => refreshPerson(request, plans), false) },
  };
}

function refresherOf(
  parts: PersonRefresherParts,
  run: (request: PersonRequest) => Promise<PersonOutcome>,
  made: boolean,
): CodedPersonRefresher['refresh'] {
  return async (connectorId, externalId, signal) => {
    try {
      const connector = findReady(parts, connectorId);
      if ('code' in connector) return unavailable(connector);
      const outcome = await run(requestFor({ parts, connector, externalId, signal }));
      if (made) announce(parts, outcome);
      const person = await parts.people.findSynced(connectorId, externalId);
      return toRefreshOutcome(outcome, { person, made });
    } catch (error) {
      parts.log.error({ err: error }, 'A person could not be brought up to date');
      return unavailable({ code: 'unexpected', facts: nameOf(error) });
    }
  };
}

function findReady(
  { connectors, hasToken }: PersonRefresherParts,
  connectorId: number,
): ConnectorRecord | CodedReason {
  const known = connectors.findById(connectorId);
  // By its public id only one that was not removed is found.
  const connector = known === null ? null : connectors.find(known.publicId);
  if (connector === null) return personReason('connector-removed');
  if (!hasToken(connectorId)) return { code: 'token-missing', facts: {} };
  return connector.connection === 'not-connected' ? personReason('connector-not-connected') : connector;
}

function requestFor(input: {
  readonly parts: PersonRefresherParts;
  readonly connector: ConnectorRecord;
  readonly externalId: string;
  readonly signal: AbortSignal;
}): PersonRequest {
  const { parts, connector, externalId, signal } = input;
  return {
    connectorId: connector.id,
    directoryId: connector.directoryId,
    settingsVersion: connector.settingsVersion,
    lookup: { by: 'id', value: externalId },
    read: async (lookup, stop) => (await parts.openSource(connector)).readPerson(lookup, stop),
    signal,
  };
}

function toRefreshOutcome(
  outcome: PersonOutcome,
  {
    person,
    made,
  }: { readonly person: Awaited<ReturnType<PeopleStore['findSynced']>>; readonly made: boolean },
): CodedRefreshOutcome {
  if (outcome.outcome === 'done') {
    return { outcome: 'done', person, update: loginUpdate(outcome.plan, made), code: null };
  }
  const said = { reason: personReasonWords(outcome.reason), code: outcome.reason.code };
  switch (outcome.outcome) {
    case 'inactive':
    case 'gone':
      return { outcome: 'gone', person, ...said };
    default:
      return { outcome: outcome.outcome, ...said };
  }
}

function unavailable(reason: CodedReason): CodedRefreshOutcome {
  return { outcome: 'unavailable', reason: personReasonWords(reason), code: reason.code };
}

/** Lists of people and groups that somebody looks at show what a login changed. */
function announce({ live }: PersonRefresherParts, outcome: PersonOutcome): void {
  if (!('plan' in outcome) || outcome.plan.change === null) return;
  live.publish(liveTopics.directory);
  live.publish(liveTopics.overview);
}

function nameOf(error: unknown): Readonly<Record<string, unknown>> {
  return { name: error instanceof Error ? error.name : typeof error };
}
