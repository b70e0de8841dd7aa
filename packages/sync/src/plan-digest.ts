import { createHash } from 'node:crypto';
import { userAttributeNames } from '@gatehouse/directory/directory-person';
import type { Change, UserState } from './change.ts';

/**
 * SHA-256 over the changes of a plan in their order. Everything that is applied goes in, and why; words that are only
 * shown (labels, rules) do not. The order in which an object was put together does not matter.
 */
export class PlanDigest {
  readonly #hash = createHash('sha256');

  add(changes: readonly { readonly seq: number; readonly change: Change }[]): void {
    for (const { seq, change } of changes) this.#hash.update(`${seq} ${canonicalLine(change)}\n`);
  }

  /** Hex. Ends the digest. */
  finish(): string {
    return this.#hash.digest('hex');
  }
}

function canonicalLine(change: Change): string {
  const { subject, operation, category, key, subjectId, plannedRevision, reason } = change;
  const facts = Object.keys(reason.facts).length === 0 ? '{}' : canonicalJson(reason.facts);
  const base = [subject, operation, category, key, subjectId, plannedRevision, reason.code, facts];
  if (change.subject === 'group') {
    const { before, after } = change;
    return JSON.stringify([...base, before?.name, before?.description, after?.name, after?.description]);
  }
  const { before, after, sourceStatus, sourceUpdatedAt, groupsAdded, groupsRemoved } = change;
  const source = [sourceStatus, sourceUpdatedAt, groupsAdded, groupsRemoved];
  return JSON.stringify([...base, stateLine(before), stateLine(after), ...source]);
}

function stateLine(state: UserState | null): unknown[] | null {
  return state === null ? null : [...userAttributeNames.map((name) => state[name]), state.active];
}

/** JSON with the keys of every object in one order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
