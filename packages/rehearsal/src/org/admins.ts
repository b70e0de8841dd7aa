/** What an admin, and so every API token the admin made, can see. */
export type AdminSight = 'everything' | 'some-groups';

/** The admins a token can belong to. Each is the person of the org with this login. */
export type Admin = {
  readonly key: AdminKey;
  readonly name: string;
  readonly role: string;
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly sight: AdminSight;
};

export const ADMIN_KEYS = ['super-admin', 'read-only-admin', 'group-admin'] as const;
export type AdminKey = (typeof ADMIN_KEYS)[number];

/** The mail domain of most people in the org. */
export const MAIN_DOMAIN = 'rehearsal.example';

/** How many groups the group admin is limited to. */
export const GROUP_ADMIN_GROUPS = 7;

export const ADMINS: readonly Admin[] = [
  {
    key: 'super-admin',
    name: 'Susan Pereira',
    role: 'Super Administrator',
    login: `susan.pereira@${MAIN_DOMAIN}`,
    firstName: 'Susan',
    lastName: 'Pereira',
    sight: 'everything',
  },
  {
    key: 'read-only-admin',
    name: 'Rolf Ohlsson',
    role: 'Read-Only Administrator',
    login: `rolf.ohlsson@${MAIN_DOMAIN}`,
    firstName: 'Rolf',
    lastName: 'Ohlsson',
    sight: 'everything',
  },
  {
    key: 'group-admin',
    name: 'Grace Addo',
    role: `Group Administrator, limited to ${GROUP_ADMIN_GROUPS} groups`,
    login: `grace.addo@${MAIN_DOMAIN}`,
    firstName: 'Grace',
    lastName: 'Addo',
    sight: 'some-groups',
  },
];

/** Finds an admin by key. */
export function adminByKey(key: AdminKey): Admin {
  const admin = ADMINS.find((candidate) => candidate.key === key);
  if (!admin) throw new RangeError(`No admin is called ${key}`);
  return admin;
}
