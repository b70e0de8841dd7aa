import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import { findCandidates } from './candidates.ts';
import { decide, type Found, type LoginDecision, type Refusal } from './decide.ts';
import type { ProvenIdentity, TakenLogin } from './flow.ts';
import { LoginError } from './login-result.ts';
import type { LoginPerson, PeopleStore, PersonRefresher, RefreshOutcome } from './ports.ts';
import { refreshPerson } from './refresh-person.ts';
import { showLive, tracePassed, traceWarning } from './trace.ts';
import { createPerson, linkAndUpdate, type WrittenPerson } from './write-person.ts';

export type IdentifyPorts = {
  readonly people: PeopleStore;
  /** Of a test it only plans. */
  readonly refresher: PersonRefresher;
  /** Milliseconds that UserSync may take. */
  readonly refreshLimitMs: number;
  readonly report: (error: unknown) => void;
  /**
   * Asked last before anything is written: Okta and UserSync may have taken half a minute, and the IdP may be off or
   * another one since. Throws LoginError.
   */
  readonly assertInForce: () => Promise<void>;
};

/** Who logged in, and what became of them. Null person: a test that would make one. */
export type Identified = { readonly person: LoginPerson | null; readonly update: LoginUpdate | null };

/**
 * Finds the person, has them refreshed where the decision asks for it, links and writes. A test does everything but the
 * last two.
 *
 * @throws LoginError
 */
export async function identify(
  identity: ProvenIdentity,
  login: TakenLogin,
  ports: IdentifyPorts,
): Promise<Identified> {
  const { upstream, tracer } = login;
  const { subject, claims } = identity;
  let candidates = await findCandidates(identity, upstream, ports.people);
  const ask = (refresh: RefreshOutcome | null) => decide({ subject, claims, upstream, candidates, refresh });
  let decision = ask(null);
  let refresh: RefreshOutcome | null = null;
  if (decision.decision === 'refresh-first') {
    traceFound(login, decision.known, `nobody yet, UserSync is asked about ${decision.externalId}`);
    await showLive(tracer);
    const { connectorId, externalId } = decision;
    const { outcome, durationMs } = await refreshPerson({ connectorId, externalId }, ports);
    refresh = outcome;
    candidates = await findCandidates(identity, upstream, ports.people);
    decision = ask(outcome);
    if (decision.decision !== 'refuse' || decision.refusal.step !== 'refresh') {
      traceRefresh(login, outcome, durationMs);
    }
  } else {
    traceDecided(login, decision);
  }
  if (decision.decision !== 'refuse') await ports.assertInForce();
  return carryOut(decision, { identity, login, ports, refresh });
}

type Context = {
  readonly identity: ProvenIdentity;
  readonly login: TakenLogin;
  readonly ports: IdentifyPorts;
  readonly refresh: RefreshOutcome | null;
};

async function carryOut(decision: LoginDecision, context: Context): Promise<Identified> {
  const { identity, login, ports, refresh } = context;
  const { people } = ports;
  const synced = refresh?.outcome === 'done' ? refresh.update : null;
  switch (decision.decision) {
    case 'refuse':
      throw asError(decision.refusal);
    case 'refresh-first':
      // `decide` asks for it only while there is no outcome.
      throw new LoginError({ code: 'server-error', step: 'refresh', facts: {} });
    case 'would-be-made':
      return ended(login, { person: null, claimed: null, problem: null }, synced);
    case 'create':
      return ended(login, await createPerson(decision.attributes, { identity, login, people }), synced);
    case 'log-in': {
      const { found, attributes, problem } = decision;
      const written = await linkAndUpdate(found, attributes, { identity, login, people });
      const unusable =
        problem === null ? null : { code: 'claims-unusable' as const, facts: { reason: problem } };
      return ended(login, { ...written, problem: written.problem ?? unusable }, synced);
    }
  }
}

function asError({ expected, seen, ...failure }: Refusal): LoginError {
  return new LoginError(failure, {
    ...(expected === undefined ? {} : { expected }),
    ...(seen === undefined ? {} : { seen }),
  });
}

/** Traces the update and hands it to the tracker: UserSync's with what claims added to it. */
function ended(
  { tracer, upstream }: TakenLogin,
  { person, claimed, problem }: WrittenPerson,
  synced: LoginUpdate | null,
): Identified {
  const update = joinUpdates(synced, claimed);
  if (update !== null) tracer.update(update);
  const fact = updateFact(update, upstream.settings.updateMethod === 'none');
  if (problem === null) tracePassed(tracer, { step: 'update', fact });
  else traceWarning(tracer, { step: 'update', fact, ...problem });
  return { person, update };
}

function joinUpdates(synced: LoginUpdate | null, claimed: WrittenPerson['claimed']): LoginUpdate | null {
  if (claimed === null) return synced;
  if (synced === null || synced.operation === 'none') {
    return { ...claimed, by: 'claims', groupsAdded: [], groupsRemoved: [] };
  }
  return { ...synced, changes: [...synced.changes, ...claimed.changes] };
}

function updateFact(update: LoginUpdate | null, isNone: boolean): string {
  if (isNone) return 'this IdP changes no users';
  if (update === null || update.operation === 'none') return 'nothing to change';
  const { made, operation, changes, groupsAdded, groupsRemoved } = update;
  const verb = { create: 'made', update: 'changed', enable: 'enabled', disable: 'disabled' }[operation];
  const parts = [
    `${made ? verb : `would be ${verb}`}`,
    changes.length === 0 ? '' : `${changes.length} ${changes.length === 1 ? 'attribute' : 'attributes'}`,
    groupsAdded.length === 0 ? '' : `${groupsAdded.length} groups added`,
    groupsRemoved.length === 0 ? '' : `${groupsRemoved.length} groups removed`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const foundWords: Readonly<Record<Found['by'], string>> = {
  linked: 'linked to this id before',
  'same-source': 'synced under this id',
  claims: 'made from these claims',
  email: 'by the verified e-mail',
  username: 'by the user name, with a verified e-mail',
};

function traceFound({ tracer }: TakenLogin, found: Found | null, otherwise: string): void {
  if (found === null) {
    tracePassed(tracer, { step: 'person-found', fact: otherwise });
    return;
  }
  const { person, by } = found;
  tracePassed(tracer, {
    step: 'person-found',
    fact: `${person.username}, ${foundWords[by]}`,
    facts: { by, user: person.publicId },
  });
}

/** Where nothing is refreshed. A refusal at this step is traced by whoever ends the login. */
function traceDecided(login: TakenLogin, decision: LoginDecision): void {
  if (decision.decision === 'log-in') traceFound(login, decision.found, '');
  const isLater = decision.decision === 'refuse' && decision.refusal.step !== 'person-found';
  if (decision.decision === 'create' || isLater) traceFound(login, null, 'nobody yet');
}

function traceRefresh({ tracer }: TakenLogin, outcome: RefreshOutcome, durationMs: number): void {
  if (outcome.outcome === 'done') {
    const { made, operation } = outcome.update;
    const did = operation === 'none' ? 'up to date' : `${made ? '' : 'would be '}${operation}d`;
    tracePassed(tracer, { step: 'refresh', fact: `${did}, in ${durationMs} ms`, durationMs });
    return;
  }
  const fact = 'no answer, goes on with what is known';
  const { reason } = outcome;
  traceWarning(tracer, { step: 'refresh', code: 'refresh-failed', fact, facts: { reason }, durationMs });
}
