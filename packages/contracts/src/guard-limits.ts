import type { GuardReasonCode } from './run-codes.ts';

/** A limit is crossed when more than `floor` rows and more than `share` of all are concerned: small numbers vary. */
export type GuardLimit = { readonly floor: number; readonly share: number };

export type GuardLimits = {
  /** People of this connector who are disabled, of all who are active. */
  readonly removals: GuardLimit;
  /** Memberships that are removed, of all that are there. */
  readonly memberships: GuardLimit;
  /** People whose value goes blank, of those who have one and stay. */
  readonly blankValues: GuardLimit;
  /** People and groups that the token does not see any more, of the last good run's. */
  readonly usersMissing: GuardLimit;
  readonly groupsMissing: GuardLimit;
};

export const defaultGuardLimits: GuardLimits = {
  removals: { floor: 3, share: 0.1 },
  memberships: { floor: 10, share: 0.2 },
  blankValues: { floor: 3, share: 0.2 },
  usersMissing: { floor: 3, share: 0.2 },
  groupsMissing: { floor: 3, share: 0.2 },
};

/** What holds a plan, with its numbers, in the order in which the guard looks. */
export function guardRules(
  limits: GuardLimits = defaultGuardLimits,
): readonly { readonly code: GuardReasonCode; readonly rule: string }[] {
  const rules: Readonly<Record<GuardReasonCode, string>> = {
    'guard-incomplete-read': 'The list of people or of groups could not be read to its end.',
    'guard-no-users': 'The list of people is empty.',
    'guard-users-dropped': `${above(limits.usersMissing)} of the people whom the last good run saw are missing.`,
    'guard-groups-dropped': `${above(limits.groupsMissing)} of the groups that the last good run saw are missing.`,
    'guard-removals': `${above(limits.removals)} of the active people would be disabled.`,
    'guard-memberships': `${above(limits.memberships)} of all memberships would be removed.`,
    'guard-attribute-blank': `An attribute would become empty for ${above(limits.blankValues).toLowerCase()} of the people who have it.`,
    'guard-owner-changed': 'The token belongs to somebody else than at the last read.',
  };
  const codes = Object.keys(rules) as GuardReasonCode[];
  return codes.map((code) => ({ code, rule: rules[code] }));
}

function above({ floor, share }: GuardLimit): string {
  return `More than ${floor} and more than ${Math.round(share * 100)} %`;
}
