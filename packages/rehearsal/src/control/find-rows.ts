import type { Organisation } from '../org/organisation.ts';
import type { Group, User, UserStatus } from '../org/types.ts';
import type { Listed } from './control-types.ts';

export type RowWindow = {
  readonly query: string;
  readonly status?: UserStatus | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** People whose name, login, e-mail or id holds the text, in Okta's order, one window of them. */
export function findPeople(organisation: Organisation, window: RowWindow): Listed<User> {
  const wanted = window.query.trim().toLowerCase();
  const found = organisation.users.filter((user): user is User => {
    if (!user || (window.status && user.status !== window.status)) return false;
    if (wanted === '') return true;
    const { login, email, firstName, lastName, displayName } = user.profile;
    const texts = [user.id, login, email, `${firstName ?? ''} ${lastName ?? ''}`, displayName];
    return texts.some((text) => typeof text === 'string' && text.toLowerCase().includes(wanted));
  });
  return { total: found.length, items: found.slice(window.offset, window.offset + window.limit) };
}

/** Groups whose name or id holds the text, in Okta's order, one window of them. */
export function findGroups(organisation: Organisation, window: RowWindow): Listed<Group> {
  const wanted = window.query.trim().toLowerCase();
  const found = organisation.groups.filter(
    (group): group is Group =>
      group !== undefined &&
      (group.profile.name.toLowerCase().includes(wanted) || group.id.toLowerCase().includes(wanted)),
  );
  return { total: found.length, items: found.slice(window.offset, window.offset + window.limit) };
}
