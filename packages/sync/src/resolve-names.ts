import type { NameHolder } from '@gatehouse/directory/directory-person';
import { compareBytes } from './compare-bytes.ts';

/** A person or group that would get a name that it has not got now. */
export type NameClaim = {
  readonly key: string;
  readonly name: string;
  readonly folded: string;
  /** Folded name that it has in the directory now; null when it is new. */
  readonly current: string | null;
};

/** Why a claim is refused: who has the name after this plan. */
export type NameConflict = {
  readonly name: string;
  readonly otherName: string;
  readonly otherExternalId: string | null;
  /**
   * `kept`: a row of this connector that keeps its name. `planned`: another claim with a smaller id gets it.
   * `foreign`: a local row, or one of another connector.
   */
  readonly other: 'kept' | 'planned' | 'foreign';
};

export type ResolvedNames = {
  readonly conflicts: ReadonlyMap<string, NameConflict>;
  /** Claims that get a name which another row gives up in the same plan: key of the taker to key of the giver. */
  readonly takers: ReadonlyMap<string, string>;
};

/**
 * Collects claims and keeps apart the few that can collide, so that an org of any size is resolved at once. A name is
 * contested when it is held in the directory or claimed twice.
 */
export class ClaimCollector {
  readonly #first = new Map<string, NameClaim>();
  readonly #contested = new Map<string, NameClaim>();
  readonly #movers = new Set<string>();
  readonly #holders = new Map<string, NameHolder>();

  add(claim: NameClaim, holder: NameHolder | undefined): void {
    if (claim.current !== null) this.#movers.add(claim.key);
    const first = this.#first.get(claim.folded);
    if (first === undefined) this.#first.set(claim.folded, claim);
    if (holder !== undefined) this.#holders.set(claim.folded, holder);
    if (first !== undefined) this.#contested.set(first.key, first);
    if (first !== undefined || holder !== undefined) this.#contested.set(claim.key, claim);
  }

  resolve(leaving: ReadonlySet<string>): ResolvedNames {
    const claims = [...this.#contested.values()];
    return resolveNames({ claims, movers: this.#movers, holders: this.#holders, leaving });
  }
}

/**
 * Decides which claims on names go through, purely.
 *
 * | the folded name is | answer |
 * |---|---|
 * | held by a local row or another connector's | refused |
 * | held by a row of this connector that keeps it | refused |
 * | held by a row that leaves (deleted) or takes another name, and may | the claim with the smallest id gets it |
 * | free | the claim with the smallest id gets it |
 *
 * A refused row keeps the name that it has now, so a refusal can refuse further claims: repeated until nothing
 * changes. The order of the claims does not matter.
 */
function resolveNames(input: {
  readonly claims: readonly NameClaim[];
  /** External ids of rows that give up the name that they have, unless their claim is refused. */
  readonly movers: ReadonlySet<string>;
  /** Holders of the claimed names by folded name. */
  readonly holders: ReadonlyMap<string, NameHolder>;
  /** External ids of rows that the plan deletes. */
  readonly leaving: ReadonlySet<string>;
}): ResolvedNames {
  const { holders, leaving, movers } = input;
  const byName = groupByName(input.claims);
  const refused = new Map<string, NameConflict>();
  const pending = [...byName.keys()];
  for (let folded = pending.pop(); folded !== undefined; folded = pending.pop()) {
    const claims = byName.get(folded) ?? [];
    const holder = holders.get(folded);
    const isKept = holder !== undefined && !givesUp(holder, { movers, refused, leaving });
    const winner = isKept ? undefined : claims[0];
    for (const claim of claims) {
      if (claim === winner || refused.get(claim.key)?.other === 'kept') continue;
      const conflict = conflictOf(claim, isKept ? holder : undefined, winner);
      const isNew = !refused.has(claim.key);
      refused.set(claim.key, conflict);
      // It keeps the name that it has: whoever claims that one has to be asked again.
      if (isNew && claim.current !== null && byName.has(claim.current)) pending.push(claim.current);
    }
  }
  return { conflicts: refused, takers: takersOf(input.claims, holders, refused) };
}

function groupByName(claims: readonly NameClaim[]): Map<string, NameClaim[]> {
  const byName = new Map<string, NameClaim[]>();
  for (const claim of claims) {
    const same = byName.get(claim.folded);
    if (same === undefined) byName.set(claim.folded, [claim]);
    else same.push(claim);
  }
  for (const same of byName.values()) {
    if (same.length > 1) same.sort((left, right) => compareBytes(left.key, right.key));
  }
  return byName;
}

function givesUp(
  holder: NameHolder,
  plan: {
    movers: ReadonlySet<string>;
    refused: ReadonlyMap<string, NameConflict>;
    leaving: ReadonlySet<string>;
  },
): boolean {
  if (!holder.ownedByThisConnector || holder.externalId === null) return false;
  if (plan.leaving.has(holder.externalId)) return true;
  return plan.movers.has(holder.externalId) && !plan.refused.has(holder.externalId);
}

function conflictOf(
  claim: NameClaim,
  holder: NameHolder | undefined,
  winner: NameClaim | undefined,
): NameConflict {
  if (holder !== undefined) {
    const other = holder.ownedByThisConnector ? 'kept' : 'foreign';
    return { name: claim.name, otherName: holder.name, otherExternalId: holder.externalId, other };
  }
  return {
    name: claim.name,
    otherName: winner?.name ?? '',
    otherExternalId: winner?.key ?? null,
    other: 'planned',
  };
}

function takersOf(
  claims: readonly NameClaim[],
  holders: ReadonlyMap<string, NameHolder>,
  refused: ReadonlyMap<string, NameConflict>,
): Map<string, string> {
  const takers = new Map<string, string>();
  for (const claim of claims) {
    const giver = holders.get(claim.folded)?.externalId;
    if (giver !== undefined && giver !== null && !refused.has(claim.key)) takers.set(claim.key, giver);
  }
  return takers;
}

/**
 * The takers, each after its giver, else by id. A ring of takers (two people swap their names) stands together,
 * so that one chunk of apply can free all its names first.
 */
export function takersInOrder(takers: ReadonlyMap<string, string>): string[] {
  const ordered: string[] = [];
  const done = new Set<string>();
  for (const start of [...takers.keys()].sort(compareBytes)) {
    const chain: string[] = [];
    for (let key: string | undefined = start; key !== undefined && takers.has(key); key = takers.get(key)) {
      if (done.has(key)) break;
      done.add(key);
      chain.push(key);
    }
    ordered.push(...chain.reverse());
  }
  return ordered;
}
