/** The statuses of Okta's user life cycle (Users API, `UserStatus`). */
export const USER_STATUSES = [
  'ACTIVE',
  'DEPROVISIONED',
  'PROVISIONED',
  'STAGED',
  'SUSPENDED',
  'PASSWORD_EXPIRED',
  'LOCKED_OUT',
  'RECOVERY',
] as const;

export type UserStatus = (typeof USER_STATUSES)[number];

export type ProfileValue = string | number | boolean | null | readonly string[];

/** `login` and `email` are always there; Okta leaves out most other attributes that are null. */
export type UserProfile = Readonly<Record<string, ProfileValue>> & {
  readonly login: string;
  readonly email: string;
};

/** A person. Records are replaced, never changed in place: their serialised form is cached by identity. */
export type User = {
  /** Position in Okta's list order; stable for the life of the person and never used again. */
  readonly position: number;
  readonly id: string;
  readonly status: UserStatus;
  readonly created: string;
  readonly activated: string | null;
  readonly statusChanged: string | null;
  readonly lastLogin: string | null;
  readonly lastUpdated: string;
  readonly passwordChanged: string | null;
  readonly provider: 'OKTA' | 'ACTIVE_DIRECTORY';
  readonly profile: UserProfile;
};

export type GroupType = 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN';

export type GroupProfile = Readonly<Record<string, string | null>> & {
  readonly name: string;
  readonly description: string | null;
};

export type Group = {
  /** Position in Okta's list order, as for users. */
  readonly position: number;
  readonly id: string;
  readonly type: GroupType;
  readonly created: string;
  readonly lastUpdated: string;
  readonly lastMembershipUpdated: string;
  readonly profile: GroupProfile;
  /** The directory a group was imported from; null unless APP_GROUP. */
  readonly sourceId: string | null;
  readonly appsCount: number;
};

/** What decides a generated org, down to the last byte. */
export type OrgRecipe = {
  readonly users: number;
  readonly groups: number;
  readonly seed: number;
};

/** A generated org: `members[group.position]` lists user positions in ascending order. */
export type GeneratedOrg = {
  readonly users: User[];
  readonly groups: Group[];
  readonly members: number[][];
};
