import { ADMINS, type AdminKey, GROUP_ADMIN_GROUPS } from './admins.ts';
import { foldLogin } from './fold.ts';
import { generateOrg } from './generate-org.ts';
import { EditNotes, type OrgEdits } from './org-edits.ts';
import { includesSorted, insertSorted, removeSorted } from './sorted-positions.ts';
import type { Group, OrgRecipe, User } from './types.ts';

/**
 * The org: people, groups and memberships with their indexes. It keeps the books and knows no rules;
 * those are in edit-people.ts and edit-groups.ts. Everyone holds every person at all times.
 */
export class Organisation {
  readonly recipe: OrgRecipe;
  /** By position; an erased person leaves a hole. */
  readonly users: (User | undefined)[];
  readonly groups: (Group | undefined)[];
  /** Positions of the groups that the group admin is limited to: fixed when the org is generated. */
  readonly groupAdminGroups: readonly number[];
  /** Raised by every edit; what is derived from the org is cached under it. */
  version = 0;

  readonly #members: number[][];
  readonly #userById = new Map<string, number>();
  readonly #userByLogin = new Map<string, number>();
  readonly #groupById = new Map<string, number>();
  readonly #notes = new EditNotes();
  readonly #listeners: (() => void)[] = [];

  constructor(recipe: OrgRecipe) {
    const generated = generateOrg(recipe);
    this.recipe = recipe;
    this.users = generated.users;
    this.groups = generated.groups;
    this.#members = generated.members;
    this.groupAdminGroups = generated.groups
      .filter((group) => group.type === 'OKTA_GROUP' && this.membersOf(group).length > 0)
      .slice(0, GROUP_ADMIN_GROUPS)
      .map((group) => group.position);
    for (const user of generated.users) {
      this.#userById.set(user.id, user.position);
      this.#userByLogin.set(foldLogin(user.profile.login), user.position);
    }
    for (const group of generated.groups) this.#groupById.set(group.id, group.position);
  }

  /** Brings an org back to what it was when `edits()` was taken. */
  static restore(edits: OrgEdits): Organisation {
    const organisation = new Organisation(edits.recipe);
    for (const position of edits.erasedUsers) organisation.eraseUser(position);
    for (const position of edits.erasedGroups) organisation.eraseGroup(position);
    organisation.users.length = edits.nextUserPosition;
    organisation.groups.length = edits.nextGroupPosition;
    for (const user of edits.users) organisation.putUser(user);
    for (const group of edits.groups) organisation.putGroup(group);
    for (const [group, { added, removed }] of Object.entries(edits.members)) {
      for (const user of removed) organisation.setMember(Number(group), user, false);
      for (const user of added) organisation.setMember(Number(group), user, true);
    }
    return organisation;
  }

  /** What was edited since the org was generated. */
  edits(): OrgEdits {
    const isThere = <T>(value: T | undefined): value is T => value !== undefined;
    return {
      recipe: this.recipe,
      nextUserPosition: this.users.length,
      nextGroupPosition: this.groups.length,
      users: [...this.#notes.users].map((position) => this.users[position]).filter(isThere),
      erasedUsers: [...this.#notes.erasedUsers],
      groups: [...this.#notes.groups].map((position) => this.groups[position]).filter(isThere),
      erasedGroups: [...this.#notes.erasedGroups],
      members: this.#notes.memberEdits(),
    };
  }

  /** Calls back after every edit. */
  onEdit(listener: () => void): void {
    this.#listeners.push(listener);
  }

  userById(id: string): User | undefined {
    const position = this.#userById.get(id);
    return position === undefined ? undefined : this.users[position];
  }

  /** Finds a person by login as Okta compares logins: ignoring case and diacritics. */
  userByLogin(login: string): User | undefined {
    const position = this.#userByLogin.get(foldLogin(login));
    return position === undefined ? undefined : this.users[position];
  }

  /** The person behind an admin, whatever the login is by now. */
  adminPerson(key: AdminKey): User | undefined {
    return this.users[ADMINS.findIndex((admin) => admin.key === key)];
  }

  groupById(id: string): Group | undefined {
    const position = this.#groupById.get(id);
    return position === undefined ? undefined : this.groups[position];
  }

  /** User positions of a group's members, ascending. Not to be changed by the caller. */
  membersOf(group: Group): readonly number[] {
    return this.#members[group.position] ?? [];
  }

  isMember(group: Group, user: User): boolean {
    return includesSorted(this.membersOf(group), user.position);
  }

  groupsOf(user: User): Group[] {
    return this.groups.filter((group): group is Group => group !== undefined && this.isMember(group, user));
  }

  /** Adds a person or replaces the record of one. */
  putUser(user: User): void {
    const former = this.users[user.position];
    if (former) this.#userByLogin.delete(foldLogin(former.profile.login));
    this.users[user.position] = user;
    this.#userById.set(user.id, user.position);
    this.#userByLogin.set(foldLogin(user.profile.login), user.position);
    if (!former) insertSorted(this.#membersAt(0), user.position);
    this.#notes.users.add(user.position);
    this.#edited();
  }

  /** Removes a person from the org and from every group. */
  eraseUser(position: number): void {
    const user = this.users[position];
    if (!user) return;
    this.users[position] = undefined;
    this.#userById.delete(user.id);
    this.#userByLogin.delete(foldLogin(user.profile.login));
    this.#members.forEach((members) => {
      removeSorted(members, position);
    });
    this.#notes.noteErasedUser(position, position < this.recipe.users);
    this.#edited();
  }

  /** Adds a group or replaces the record of one. */
  putGroup(group: Group): void {
    this.groups[group.position] = group;
    this.#membersAt(group.position);
    this.#groupById.set(group.id, group.position);
    this.#notes.groups.add(group.position);
    this.#edited();
  }

  eraseGroup(position: number): void {
    const group = this.groups[position];
    if (!group) return;
    this.groups[position] = undefined;
    this.#members[position] = [];
    this.#groupById.delete(group.id);
    this.#notes.noteErasedGroup(position, position < this.recipe.groups);
    this.#edited();
  }

  /** Puts a person into a group or takes one out; false when nothing changed. */
  setMember(group: number, user: number, isMember: boolean): boolean {
    const members = this.#membersAt(group);
    const changed = isMember ? insertSorted(members, user) : removeSorted(members, user);
    if (!changed) return false;
    this.#notes.noteMember(group, user, isMember);
    this.#edited();
    return true;
  }

  #membersAt(position: number): number[] {
    let members = this.#members[position];
    if (!members) {
      members = [];
      this.#members[position] = members;
    }
    return members;
  }

  #edited(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}
