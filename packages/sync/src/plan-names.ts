import type { NameHolder } from '@gatehouse/directory/directory-person';
import { mapAttributes } from '@gatehouse/mapping/attribute-mapping';
import { standardRules } from '@gatehouse/mapping/attribute-rules';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { PlanningView } from './ports.ts';
import type { NameClaim, ResolvedNames } from './resolve-names.ts';
import { resolveNames } from './resolve-names.ts';
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
  const claims: NameClaim[] = [];
  const holders = new Map<string, NameHolder>();
  for await (const batch of view.users()) {
    const claimed: NameClaim[] = [];
    for (const { key, source, directory } of batch) {
      if (source === null) continue;
      positionOfKey.set(key, positionOfKey.size);
      const claim = claimOf(key, source, directory?.username ?? null);
      if (claim !== null) claimed.push(claim);
    }
    const found = await findHolders(claimed, (folded) => view.holdersOfUserNames(folded));
    for (const [folded, holder] of found) holders.set(folded, holder);
    claims.push(...claimed);
    await pause();
  }
  return { ...resolveNames({ claims, holders, leaving: new Set() }), positionOfKey };
}

/** Null for whoever keeps their name, and for whoever will be skipped anyway. */
function claimOf(key: string, source: SourceUserRow, current: string | null): NameClaim | null {
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

/** Asks for the holders of the claimed names, 500 a call. */
export async function findHolders(
  claims: readonly NameClaim[],
  ask: (folded: readonly string[]) => Promise<ReadonlyMap<string, NameHolder>>,
): Promise<Map<string, NameHolder>> {
  const holders = new Map<string, NameHolder>();
  for (let from = 0; from < claims.length; from += 500) {
    const names = new Set(claims.slice(from, from + 500).map((claim) => claim.folded));
    for (const [folded, holder] of await ask([...names])) holders.set(folded, holder);
  }
  return holders;
}
