import type { DirectoryPerson, DirectoryTeam, NameHolder } from '@gatehouse/directory/directory-person';
import type { GroupChange, UserChange } from './change.ts';
import type { PlanGroup } from './ports.ts';

/** Whom a single-user run is about. The integer keys never leave the process. */
export type PersonKey = {
  readonly connectorId: number;
  readonly directoryId: number;
  /** The connector's settings that the source was read with. */
  readonly settingsVersion: number;
  readonly externalId: string;
};

/** What is to be looked up for one person; names are folded. */
export type PersonNeeds = {
  /** External ids. */
  readonly groups: readonly string[];
  readonly userNames: readonly string[];
  readonly groupNames: readonly string[];
};

/** What the directory has of one person. */
export type PersonState = {
  readonly person: DirectoryPerson | null;
  /** This connector's groups that were asked for, and those that the person is in by this connector. */
  readonly groups: readonly DirectoryTeam[];
  /** Ids of the groups that the person is in by this connector, rising. */
  readonly memberships: readonly number[];
  /** By folded name. */
  readonly userNames: ReadonlyMap<string, NameHolder>;
  readonly groupNames: ReadonlyMap<string, NameHolder>;
};

export interface PersonDirectory {
  /** One state of the directory. External ids compare byte by byte. */
  look(key: PersonKey, needs: PersonNeeds): Promise<PersonState>;
}

/** What a single-user run would do, see `planPerson`. */
export type PersonPlan = {
  /** As planned against; null when they are not there yet. */
  readonly person: DirectoryPerson | null;
  /** Null: nothing is to be done. */
  readonly change: UserChange | null;
  /** The groups that the change names, by rising ordinal. */
  readonly groups: readonly PlanGroup[];
  /** Groups that the person gains and that are created with it. */
  readonly createdGroups: readonly GroupChange[];
  /** Groups of theirs that they do not get, with the reason. */
  readonly leftOut: readonly GroupChange[];
};

/**
 * - `drifted`: the person's revision is not the planned one, they are there or gone by now, a name or a new group is
 *   there by now, or a gained group is not.
 * - `settings-changed`: the connector was saved or removed since the source was read.
 */
export type PersonApplied = 'written' | 'drifted' | 'settings-changed';

/**
 * Writes the plan of one person in one transaction: the groups that it creates, the person, their memberships, the
 * directory events. Raises the revision of the person and of the groups that they join or leave, so that a full run
 * which planned on the old ones leaves those rows out. Takes no lease. Unless it answers `written`, nothing is written.
 */
export interface PersonApplier {
  /** The plan's change writes something. */
  apply(key: PersonKey, plan: PersonPlan): Promise<PersonApplied>;
}
