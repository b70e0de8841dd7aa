import type { ChangeCategory, ChangeOperation } from '@gatehouse/contracts/plan';
import type { CodedReason } from '@gatehouse/contracts/run';
import type { GroupAttributes, UserAttributes } from '@gatehouse/directory/directory-person';

export type UserState = UserAttributes & { readonly active: boolean };

/** Words of the mapping per attribute, e.g. `{email: 'from profile.email'}`. */
export type RuleWords = Readonly<Record<string, string>>;

type ChangeBase = {
  /** External id: the key of planning and of apply. */
  readonly key: string;
  /** Integer key of the directory row; null while it does not exist. */
  readonly subjectId: number | null;
  readonly plannedRevision: number | null;
  readonly category: ChangeCategory;
  readonly reason: CodedReason;
};

/**
 * One row a person. `before` null = created; `after` null = nothing is written (skip).
 * `groupsAdded` / `groupsRemoved` are ordinals of the plan's groups.
 */
export type UserChange = ChangeBase & {
  readonly subject: 'user';
  readonly operation: ChangeOperation;
  readonly before: UserState | null;
  readonly after: UserState | null;
  readonly sourceStatus: string | null;
  readonly sourceUpdatedAt: string | null;
  readonly groupsAdded: readonly number[];
  readonly groupsRemoved: readonly number[];
  readonly rules: RuleWords;
  /** How the list calls the person, also when nothing could be mapped. */
  readonly label: { readonly name: string; readonly username: string; readonly email: string };
};

/** One row a group. */
export type GroupChange = ChangeBase & {
  readonly subject: 'group';
  readonly operation: ChangeOperation;
  readonly before: GroupAttributes | null;
  readonly after: GroupAttributes | null;
  readonly label: { readonly name: string };
};

export type Change = UserChange | GroupChange;
