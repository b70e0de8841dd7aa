import type { UserAttributes } from '@gatehouse/directory/directory-person';
import type { LoginPerson, PeopleStore } from '../ports.ts';

export type SeedPerson = Partial<UserAttributes> & {
  readonly directoryId: number;
  readonly username: string;
  readonly active?: boolean;
  /** Null or absent: local. */
  readonly connectorId?: number | null;
  readonly externalId?: string | null;
};

/** A directory event about a user, as products will pull it. */
export type PersonEvent = { readonly operation: 'CREATED' | 'UPDATED' | 'DELETED'; readonly name: string };

/** Two empty directories, a connector that syncs into the first, and the store that works on them. */
export interface PeopleHarness {
  readonly people: PeopleStore;
  readonly directoryId: number;
  readonly otherDirectoryId: number;
  /** Of the first directory. */
  readonly connectorId: number;
  readonly otherConnectorId: number;
  /** A row written beside the store, without an event. */
  addUser(seed: SeedPerson): Promise<LoginPerson>;
  /** Changes a row beside the store, as a sync would: its revision rises. */
  touchUser(id: number): Promise<void>;
  removeUser(id: number): Promise<void>;
  /** Events of users, oldest first. */
  events(directoryId: number): Promise<readonly PersonEvent[]>;
  close(): Promise<void>;
}

export type PeopleHarnessFactory = () => Promise<PeopleHarness>;
