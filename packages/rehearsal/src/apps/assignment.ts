import type { Organisation } from '../org/organisation.ts';
import type { User } from '../org/types.ts';
import type { App, Assignments } from './app.ts';
import { wholeRegex } from './app-rules.ts';

/** Whether a person may use an app: directly, through a group, or because everybody may. */
export function isAssigned(organisation: Organisation, app: App, user: User): boolean {
  const { everyone, people, groups } = app.assignments;
  if (everyone || people.includes(user.id)) return true;
  return groups.some((id) => {
    const group = organisation.groupById(id);
    return group !== undefined && organisation.isMember(group, user);
  });
}

/** Names of the person's groups that pass the app's filter; null when the app has none. */
export function groupsClaim(organisation: Organisation, app: App, user: User): string[] | null {
  if (app.groupsRegex === null) return null;
  const pattern = wholeRegex(app.groupsRegex);
  return organisation
    .groupsOf(user)
    .map((group) => group.profile.name)
    .filter((name) => pattern.test(name));
}

/** Assignments with those that are meant added or taken away. */
export function changedAssignments(
  former: Assignments,
  meant: Assignments,
  isAssigning: boolean,
): Assignments {
  const merge = (known: readonly string[], named: readonly string[]) =>
    isAssigning ? [...new Set([...known, ...named])] : known.filter((id) => !named.includes(id));
  return {
    everyone: meant.everyone ? isAssigning : former.everyone,
    people: merge(former.people, meant.people),
    groups: merge(former.groups, meant.groups),
  };
}
