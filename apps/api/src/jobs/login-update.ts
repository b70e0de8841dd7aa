import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import { userAttributeNames } from '@gatehouse/directory/directory-person';
import type { UserChange } from '@gatehouse/sync/change';
import type { PersonPlan } from '@gatehouse/sync/person-ports';

/** A planned person as trackers show it; `made` says whether it was written. */
export function loginUpdate(plan: PersonPlan, made: boolean): LoginUpdate {
  const { change } = plan;
  const update = { made, by: 'usersync' } as const;
  if (change === null) {
    return { ...update, operation: 'none', changes: [], groupsAdded: [], groupsRemoved: [] };
  }
  const names = new Map(plan.groups.map(({ ordinal, name }) => [ordinal, name]));
  const named = (ordinals: readonly number[]) =>
    ordinals.flatMap((ordinal) => names.get(ordinal) ?? []).sort();
  return {
    ...update,
    operation: operationOf(change),
    changes: changesOf(change),
    groupsAdded: named(change.groupsAdded),
    groupsRemoved: named(change.groupsRemoved),
  };
}

/** A single-user run removes nobody, so that nothing else can come. */
function operationOf({ operation }: UserChange): LoginUpdate['operation'] {
  switch (operation) {
    case 'create':
    case 'update':
    case 'enable':
    case 'disable':
      return operation;
    default:
      return 'none';
  }
}

/** The operation says whether the person became active; of somebody new, blanks are no news. */
function changesOf({ before, after }: UserChange): LoginUpdate['changes'] {
  if (after === null) return [];
  return userAttributeNames
    .filter((name) => (before === null ? after[name] !== '' : before[name] !== after[name]))
    .map((attribute) => ({
      attribute,
      before: before === null ? null : before[attribute],
      after: after[attribute],
    }));
}
