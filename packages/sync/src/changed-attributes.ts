import type { UserAttributeName } from '@gatehouse/directory/directory-person';
import { userAttributeNames } from '@gatehouse/directory/directory-person';
import type { Change } from './change.ts';

export type ChangedAttribute = UserAttributeName | 'active' | 'name' | 'description';

/**
 * Names of the attributes that a change of somebody or something that exists writes, in the order of every screen;
 * empty for what is created, deleted or skipped.
 */
export function changedAttributes(change: Change): ChangedAttribute[] {
  if (change.before === null || change.after === null) return [];
  if (change.subject === 'group') {
    const { before, after } = change;
    return (['name', 'description'] as const).filter((name) => before[name] !== after[name]);
  }
  const { before, after } = change;
  const changed: ChangedAttribute[] = userAttributeNames.filter((name) => before[name] !== after[name]);
  if (before.active !== after.active) changed.push('active');
  return changed;
}
