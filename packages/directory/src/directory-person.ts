/** Attributes that a directory keeps of a user; all are strings, empty when absent. */
export type UserAttributes = {
  readonly username: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly displayName: string;
};

export type UserAttributeName = keyof UserAttributes;

/** In the order of every screen. */
export const userAttributeNames = [
  'username',
  'email',
  'firstName',
  'lastName',
  'displayName',
] as const satisfies readonly UserAttributeName[];

export const userAttributeLabels: Readonly<Record<UserAttributeName | 'active', string>> = {
  username: 'username',
  email: 'e-mail',
  firstName: 'first name',
  lastName: 'last name',
  displayName: 'full name',
  active: 'status',
};

/** A user as the sync sees it; `id` is the integer key, which never leaves the process. */
export type DirectoryPerson = UserAttributes & {
  readonly id: number;
  readonly externalId: string;
  readonly active: boolean;
  readonly sourceStatus: string | null;
  /** Raised by each write to the user or their memberships. */
  readonly revision: number;
};

export type GroupAttributes = { readonly name: string; readonly description: string };

/** A group as the sync sees it. */
export type DirectoryTeam = GroupAttributes & {
  readonly id: number;
  readonly externalId: string;
  readonly revision: number;
};

/** Who holds a folded name in a directory. */
export type NameHolder = {
  readonly id: number;
  readonly name: string;
  /** Null: a local user or group, or one of another connector. */
  readonly externalId: string | null;
  readonly ownedByThisConnector: boolean;
};
