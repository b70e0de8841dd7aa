import type { CodedReason } from '@gatehouse/contracts/run';
import type { FoundPerson } from './person-plan.ts';
import { needsOf, planPerson } from './person-plan.ts';
import type { PersonApplier, PersonDirectory, PersonKey, PersonPlan } from './person-ports.ts';
import type { PersonQueue } from './person-queue.ts';
import { personReason } from './person-reasons.ts';
import { inactiveReason } from './plan-user.ts';
import type { PersonLookup, PersonRead } from './source.ts';
import { isUnreadable, SourceError } from './source.ts';

/**
 * A single-user run: read → plan → apply, for one person, while somebody waits (a login, *try one user*, a product).
 *
 * It never removes or disables anybody but the person it reads, and them only on Okta's own word; "not found" is none,
 * because a narrowed token gets that answer too. It is one subject and one chunk without the connector's lease, beside
 * full runs: the revision keeps the two apart. Whoever hands in no applier gets a plan.
 */
export type PersonRequest = {
  readonly connectorId: number;
  readonly directoryId: number;
  readonly settingsVersion: number;
  readonly lookup: PersonLookup;
  /** Opens the source and reads. */
  readonly read: (lookup: PersonLookup, signal: AbortSignal) => Promise<PersonRead>;
  readonly signal: AbortSignal;
};

export type PersonPlanPorts = {
  readonly directory: PersonDirectory;
  /** The same one for all runs of a process. */
  readonly queue: PersonQueue<PersonRead>;
};

export type PersonRunPorts = PersonPlanPorts & { readonly applier: PersonApplier };

export type PersonOutcome =
  /** The person is active; `plan.change` is null when nothing was to be done. */
  | { readonly outcome: 'done'; readonly plan: PersonPlan }
  /** The person is in the directory, and not active any more. */
  | { readonly outcome: 'inactive'; readonly plan: PersonPlan; readonly reason: CodedReason }
  /** The source has the person, but they are not to be in the directory. */
  | { readonly outcome: 'filtered'; readonly reason: CodedReason }
  /** Another one has the name, or the record cannot be stored: nothing of theirs is touched. */
  | { readonly outcome: 'failed'; readonly reason: CodedReason }
  /** The source does not show the person. */
  | { readonly outcome: 'gone'; readonly reason: CodedReason }
  /** No answer in time, a refusal, or the person could not be written. */
  | { readonly outcome: 'unavailable'; readonly reason: CodedReason };

/** A person who changed between plan and write is planned once more. */
const attempts = 2;

/** @throws what is neither the source's nor a decision of ours */
export async function refreshPerson(
  request: PersonRequest,
  ports: PersonPlanPorts | PersonRunPorts,
): Promise<PersonOutcome> {
  try {
    const read = await shareRead(request, ports);
    if (read.outcome === 'missing') return { outcome: 'gone', reason: personReason('person-not-in-source') };
    const key = keyOf(request, read);
    if (!('applier' in ports)) return outcomeOf(read, await planNow(key, read, ports));
    const name = `${key.connectorId} ${key.externalId}`;
    return await ports.queue.inTurn(name, () => applyNow({ key, read, signal: request.signal }, ports));
  } catch (error) {
    const reason = failureOf(error, request.signal);
    if (reason === null) throw error;
    return { outcome: 'unavailable', reason };
  }
}

function keyOf(request: PersonRequest, read: FoundPerson): PersonKey {
  const { connectorId, directoryId, settingsVersion } = request;
  return { connectorId, directoryId, settingsVersion, externalId: read.user.externalId };
}

function shareRead(request: PersonRequest, { queue }: PersonPlanPorts): Promise<PersonRead> {
  const { connectorId, settingsVersion, lookup, signal } = request;
  const name = `${connectorId} ${settingsVersion} ${lookup.by} ${lookup.value}`;
  return queue.shareRead(name, signal, (stop) => request.read(lookup, stop));
}

async function planNow(key: PersonKey, read: FoundPerson, { directory }: PersonPlanPorts) {
  return planPerson(read, await directory.look(key, needsOf(read)));
}

async function applyNow(
  { key, read, signal }: { key: PersonKey; read: FoundPerson; signal: AbortSignal },
  ports: PersonRunPorts,
): Promise<PersonOutcome> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const plan = await planNow(key, read, ports);
    if (plan.change === null || plan.change.after === null) return outcomeOf(read, plan);
    // Whoever waited is gone: the next login or run brings the person up to date.
    signal.throwIfAborted();
    const applied = await ports.applier.apply(key, plan);
    if (applied === 'written') return outcomeOf(read, plan);
    if (applied === 'settings-changed') {
      return { outcome: 'unavailable', reason: { code: 'settings-changed', facts: {} } };
    }
  }
  return { outcome: 'unavailable', reason: personReason('person-changed-meanwhile') };
}

function outcomeOf({ user }: FoundPerson, plan: PersonPlan): PersonOutcome {
  const { change, person } = plan;
  if (change?.operation === 'skip') {
    const { category, reason } = change;
    return { outcome: category === 'filtered' ? 'filtered' : 'failed', reason };
  }
  const isActive = change?.after?.active ?? person?.active ?? false;
  if (isActive) return { outcome: 'done', plan };
  const status = isUnreadable(user) ? '' : user.status;
  const isUnknown = !isUnreadable(user) && user.presence === 'unknown';
  const reason = isUnknown ? { code: 'status-unknown', facts: { status } } : inactiveReason(status);
  return { outcome: 'inactive', plan, reason };
}

/** Null for what is nobody's plan. */
function failureOf(error: unknown, signal: AbortSignal): CodedReason | null {
  if (error instanceof SourceError && error.code !== 'cancelled') {
    return { code: error.code, facts: { ...error.facts, severity: error.severity } };
  }
  if (signal.aborted) return { code: isTimeout(signal.reason) ? 'host-timed-out' : 'cancelled', facts: {} };
  return error instanceof SourceError ? { code: error.code, facts: error.facts } : null;
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError';
}
