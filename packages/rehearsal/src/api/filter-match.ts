import type { Group, ProfileValue, User } from '../org/types.ts';
import {
  type Comparison,
  comparisonsOf,
  type Filter,
  invalidCriteria,
  type Operator,
  parseFilter,
} from './filter-parse.ts';

type Reader<T> = (row: T, attribute: string) => ProfileValue | undefined;
type Dialect<T> = {
  readonly read: Reader<T>;
  readonly ignoresCase: boolean;
  /** The operators an attribute takes; none means that it cannot be filtered by. */
  readonly operatorsFor: (attribute: string) => readonly Operator[];
};

const EQUALITY: readonly Operator[] = ['eq'];
const DATES: readonly Operator[] = ['eq', 'gt', 'ge', 'lt', 'le', 'pr'];
const ORDER: readonly Operator[] = ['gt', 'ge', 'lt', 'le'];
const SEARCH: readonly Operator[] = ['eq', 'sw', 'gt', 'ge', 'lt', 'le', 'pr'];
const SEARCH_WITHIN: readonly Operator[] = [...SEARCH, 'co'];
const WITHIN_ATTRIBUTES = ['profile.firstName', 'profile.lastName', 'profile.email', 'profile.login'];
const USER_DATES = ['created', 'activated', 'statusChanged', 'lastUpdated'];
const USER_FILTERS = [
  'status',
  'id',
  'profile.login',
  'profile.email',
  'profile.firstName',
  'profile.lastName',
];
const GROUP_DATES = ['lastUpdated', 'lastMembershipUpdated'];

/** `filter` of the users list: few attributes, `eq` except for `lastUpdated`, case counts. */
const USER_FILTER: Dialect<User> = {
  read: readUser,
  ignoresCase: false,
  operatorsFor: (attribute) => {
    if (attribute === 'lastUpdated') return ['eq', ...ORDER];
    return USER_FILTERS.includes(attribute) ? EQUALITY : [];
  },
};

/** `search` of the users list: any profile attribute, case of values does not count. */
const USER_SEARCH: Dialect<User> = {
  read: readUser,
  ignoresCase: true,
  operatorsFor: (attribute) => {
    if (USER_DATES.includes(attribute)) return DATES;
    if (WITHIN_ATTRIBUTES.includes(attribute)) return SEARCH_WITHIN;
    return attribute.startsWith('profile.') || ['id', 'status', 'type.id'].includes(attribute) ? SEARCH : [];
  },
};

/** `filter` of the groups list. */
const GROUP_FILTER: Dialect<Group> = {
  read: readGroup,
  ignoresCase: false,
  operatorsFor: (attribute) => {
    if (GROUP_DATES.includes(attribute)) return ['eq', ...ORDER];
    return ['id', 'type'].includes(attribute) ? EQUALITY : [];
  },
};

/** `search` of the groups list. */
const GROUP_SEARCH: Dialect<Group> = {
  read: readGroup,
  ignoresCase: true,
  operatorsFor: (attribute) => {
    if ([...GROUP_DATES, 'created'].includes(attribute)) return DATES;
    return attribute.startsWith('profile.') || ['id', 'type', 'source.id'].includes(attribute)
      ? SEARCH_WITHIN
      : [];
  },
};

const DIALECTS = {
  users: { filter: USER_FILTER, search: USER_SEARCH },
  groups: { filter: GROUP_FILTER, search: GROUP_SEARCH },
};

/** The id of the one user type of the org. */
export const USER_TYPE_ID = 'otyRehearsalDefault0';

/** A test for people from a `filter` or `search` expression. Throws OktaError E0000031. */
export function matchUsers(kind: 'filter' | 'search', expression: string): (user: User) => boolean {
  return compile(parseFilter(expression), DIALECTS.users[kind]);
}

/** A test for groups from a `filter` or `search` expression. Throws OktaError E0000031. */
export function matchGroups(kind: 'filter' | 'search', expression: string): (group: Group) => boolean {
  return compile(parseFilter(expression), DIALECTS.groups[kind]);
}

function compile<T>(filter: Filter, dialect: Dialect<T>): (row: T) => boolean {
  for (const comparison of comparisonsOf(filter)) {
    if (!dialect.operatorsFor(comparison.attribute).includes(comparison.operator)) throw invalidCriteria();
  }
  return build(filter, dialect);
}

function build<T>(filter: Filter, dialect: Dialect<T>): (row: T) => boolean {
  if (filter.kind === 'comparison') return buildComparison(filter, dialect);
  const left = build(filter.left, dialect);
  const right = build(filter.right, dialect);
  return filter.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
}

function buildComparison<T>(comparison: Comparison, dialect: Dialect<T>): (row: T) => boolean {
  const { attribute, operator } = comparison;
  const fold = (value: unknown) => (dialect.ignoresCase ? String(value).toLowerCase() : String(value));
  const wanted = fold(normaliseDate(attribute, comparison.value));
  return (row) => {
    const value = dialect.read(row, attribute);
    if (value === null || value === undefined) return false;
    if (operator === 'pr') return value !== '';
    const values = Array.isArray(value) ? value : [value];
    return values.some((one) => compareWith(operator, fold(one), wanted));
  };
}

function compareWith(operator: Exclude<Operator, 'pr'>, value: string, wanted: string): boolean {
  switch (operator) {
    case 'eq':
      return value === wanted;
    case 'sw':
      return value.startsWith(wanted);
    case 'co':
      return value.includes(wanted);
    case 'gt':
      return value > wanted;
    case 'ge':
      return value >= wanted;
    case 'lt':
      return value < wanted;
    case 'le':
      return value <= wanted;
  }
}

/** Times compare as text once they have one form. Throws E0000031 for what is no time. */
function normaliseDate(attribute: string, value: string): string {
  if (!USER_DATES.includes(attribute) && !GROUP_DATES.includes(attribute)) return value;
  if (value === '') return value;
  const time = Date.parse(value);
  if (Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}T/.test(value)) throw invalidCriteria();
  return new Date(time).toISOString();
}

function readUser(user: User, attribute: string): ProfileValue | undefined {
  if (attribute.startsWith('profile.')) return ownValue(user.profile, attribute.slice('profile.'.length));
  switch (attribute) {
    case 'id':
      return user.id;
    case 'status':
      return user.status;
    case 'type.id':
      return USER_TYPE_ID;
    case 'created':
      return user.created;
    case 'activated':
      return user.activated;
    case 'statusChanged':
      return user.statusChanged;
    case 'lastUpdated':
      return user.lastUpdated;
    default:
      return undefined;
  }
}

function readGroup(group: Group, attribute: string): ProfileValue | undefined {
  if (attribute.startsWith('profile.')) return ownValue(group.profile, attribute.slice('profile.'.length));
  switch (attribute) {
    case 'id':
      return group.id;
    case 'type':
      return group.type;
    case 'source.id':
      return group.sourceId;
    case 'created':
      return group.created;
    case 'lastUpdated':
      return group.lastUpdated;
    case 'lastMembershipUpdated':
      return group.lastMembershipUpdated;
    default:
      return undefined;
  }
}

function ownValue(
  profile: Readonly<Record<string, ProfileValue>>,
  attribute: string,
): ProfileValue | undefined {
  return Object.hasOwn(profile, attribute) ? profile[attribute] : undefined;
}
