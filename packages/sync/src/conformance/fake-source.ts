import type {
  AbsenceAnswer,
  PersonLookup,
  PersonRead,
  ReadObserver,
  SnapshotSink,
  Source,
  SourceFacts,
  SourceGroupRow,
  SourceUserRow,
} from '../source.ts';
import { isUnreadable } from '../source.ts';
import { emptyFacts } from './harness.ts';

/** A source in memory: what it holds can be changed between runs. */
export class FakeSource implements Source {
  users: SourceUserRow[] = [];
  groups: SourceGroupRow[] = [];
  /** Members by group id. */
  members: Record<string, string[]> = {};
  gone: string[] = [];
  facts: Partial<SourceFacts> = {};
  /** What it answers about absent people; a person without an answer is `gone`. */
  absences: Record<string, AbsenceAnswer> = {};
  readonly asked: string[] = [];
  /** Called in the middle of the read. */
  duringRead: (() => void | Promise<void>) | undefined;

  async readAll(sink: SnapshotSink, observer: ReadObserver, signal: AbortSignal): Promise<SourceFacts> {
    observer.call(false);
    await sink.users(this.users);
    observer.page('users', this.users.length);
    await this.duringRead?.();
    signal.throwIfAborted();
    await sink.groups(this.groups);
    for (const [group, ids] of Object.entries(this.members)) await sink.members(group, 0, ids);
    for (const group of this.gone) await sink.groupGone(group);
    return {
      ...emptyFacts,
      usersRead: this.users.length,
      groupsRead: this.groups.length,
      unreadableUsers: this.users.filter(isUnreadable).length,
      unreadableGroups: this.groups.filter(isUnreadable).length,
      ...this.facts,
    };
  }

  async confirmAbsence(externalId: string): Promise<AbsenceAnswer> {
    this.asked.push(externalId);
    return this.absences[externalId] ?? 'gone';
  }

  async readPerson(lookup: PersonLookup, signal: AbortSignal): Promise<PersonRead> {
    this.asked.push(lookup.value);
    await this.duringRead?.();
    signal.throwIfAborted();
    const user = this.users.find((row) => isMeant(row, lookup));
    if (user === undefined) return { outcome: 'missing' };
    const groups = this.groups.filter(({ externalId }) =>
      this.members[externalId]?.includes(user.externalId),
    );
    return { outcome: 'found', user, groups, groupsComplete: true };
  }
}

function isMeant(row: SourceUserRow, { by, value }: PersonLookup): boolean {
  if (by === 'id') return row.externalId === value;
  return !isUnreadable(row) && row.profile.login === value;
}
