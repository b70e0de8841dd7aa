import type { Group, OrgRecipe, User } from './types.ts';

/** Members of one group that differ from the generated ones. */
export type MemberEdits = { readonly added: number[]; readonly removed: number[] };

/**
 * All that separates an org from the one its recipe generates. It grows with the edits, not with the
 * org, and is what is kept on disk.
 */
export type OrgEdits = {
  readonly recipe: OrgRecipe;
  readonly nextUserPosition: number;
  readonly nextGroupPosition: number;
  readonly users: User[];
  readonly erasedUsers: number[];
  readonly groups: Group[];
  readonly erasedGroups: number[];
  /** By group position. */
  readonly members: Record<string, MemberEdits>;
};

/** Notes what was edited while an org lives. */
export class EditNotes {
  readonly users = new Set<number>();
  readonly erasedUsers = new Set<number>();
  readonly groups = new Set<number>();
  readonly erasedGroups = new Set<number>();
  readonly members = new Map<number, { added: Set<number>; removed: Set<number> }>();

  noteMember(group: number, user: number, isMember: boolean): void {
    let edits = this.members.get(group);
    if (!edits) {
      edits = { added: new Set(), removed: new Set() };
      this.members.set(group, edits);
    }
    const [into, outOf] = isMember ? [edits.added, edits.removed] : [edits.removed, edits.added];
    if (!outOf.delete(user)) into.add(user);
  }

  /** An erased person leaves no traces in the notes of any group; one who was generated is noted as erased. */
  noteErasedUser(user: number, wasGenerated: boolean): void {
    this.users.delete(user);
    if (wasGenerated) this.erasedUsers.add(user);
    for (const edits of this.members.values()) {
      edits.added.delete(user);
      edits.removed.delete(user);
    }
  }

  noteErasedGroup(group: number, wasGenerated: boolean): void {
    this.groups.delete(group);
    this.members.delete(group);
    if (wasGenerated) this.erasedGroups.add(group);
  }

  memberEdits(): Record<string, MemberEdits> {
    const edits: Record<string, MemberEdits> = {};
    for (const [group, { added, removed }] of this.members) {
      if (added.size > 0 || removed.size > 0) edits[group] = { added: [...added], removed: [...removed] };
    }
    return edits;
  }
}
