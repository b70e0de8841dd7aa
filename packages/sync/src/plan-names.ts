import type { NameHolder } from '@gatehouse/directory/directory-person';
import { mapAttributes } from '@gatehouse/mapping/attribute-mapping';
import { standardRules } from '@gatehouse/mapping/attribute-rules';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { PlanningView } from './ports.ts';
import type { NameClaim, ResolvedNames } from './resolve-names.ts';
import { ClaimCollector } from './resolve-names.ts';
import type { SourceUserRow } from './source.ts';
import { isUnreadable } from './source.ts';

const usernameRules = standardRules.filter((rule) => rule.attribute === 'username');

export type FirstPass = ResolvedNames & {
  /** Position of each person of the snapshot in the order of keys. */
  readonly positionOfKey: ReadonlyMap<string, number>;
};

/** The first walk over people: who would get which name, and the number of each. */
export async function readNames(view: PlanningView, pause: () => Promise<void>): Promise<FirstPass> {
  const positionOfKey = new Map<string, number>();
  const claims = new ClaimCollector();
  for await (const batch of view.users()) {
    const claimed: NameClaim[] = [];
    for (const { key, source, directory } of batch) {
      if (source === null) continue;
      positionOfKey.set(key, positionOfKey.size);
      const claim = claimOf(key, source, directory?.username ?? null);
      if (claim !== null) claimed.push(claim);
    }
    await collectClaims(claims, claimed, (folded) => view.holdersOfUserNames(folded));
    await pause();
  }
  return { ...claims.resolve(new Set()), positionOfKey };
}

/** Null for whoever keeps their name, and for whoever will be skipped anyway. */
export function claimOf(key: string, source: SourceUserRow, current: string | null): NameClaim | null {
  if (isUnreadable(source)) return null;
  if (current === null && source.presence !== 'active') return null;
  const mapped = mapAttributes(source.profile, usernameRules);
  if (!mapped.ok) return null;
  const name = mapped.user.username;
  const folded = foldName(name);
  const foldedNow = current === null ? null : foldName(current);
  if (folded === foldedNow) return null;
  return mapAttributes(source.profile).ok ? { key, name, folded, current: foldedNow } : null;
}

/** Asks for the holders of the claimed names, 500 a call, and hands both on. */
export async function collectClaims(
  collector: ClaimCollector,
  claims: readonly NameClaim[],
  ask: (folded: readonly string[]) => Promise<ReadonlyMap<string, NameHolder>>,
): Promise<void> {
  for (let from = 0; from < claims.length; from += 500) {
    const batch = claims.slice(from, from + 500);
    const holders = await ask([...new Set(batch.map((claim) => claim.folded))]);
    for (const claim of batch) collector.add(claim, holders.get(claim.folded));
  }
}
