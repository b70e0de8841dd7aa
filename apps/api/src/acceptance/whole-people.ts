import type BetterSqlite3 from 'better-sqlite3';

/** Somebody as the directory has them: attributes and the groups of Okta, as one text. */
type People = Map<string, string>;

const attributes = ['username', 'email', 'firstName', 'lastName', 'displayName'] as const;

function personText(values: Record<string, unknown>, groups: Iterable<string>): string {
  const active = values.active === true || values.active === 1;
  return JSON.stringify([...attributes.map((name) => values[name]), active, [...groups].sort()]);
}

function groupsOfPeople(database: BetterSqlite3.Database): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  const members = database
    .prepare(
      `select u.externalId as person, g.externalId as team from Membership m
       join DirectoryUser u on u.id = m.userId join DirectoryGroup g on g.id = m.groupId where m.origin > 0`,
    )
    .all() as { person: string; team: string }[];
  for (const { person, team } of members) groups.set(person, (groups.get(person) ?? new Set()).add(team));
  return groups;
}

function readPeople(database: BetterSqlite3.Database): People {
  const groups = groupsOfPeople(database);
  const users = database.prepare('select * from DirectoryUser').all() as { externalId: string }[];
  return new Map(users.map((user) => [user.externalId, personText(user, groups.get(user.externalId) ?? [])]));
}

type Row = { externalId: string; state: string; after: string; gained: string; lost: string };

/** Everybody whom the plan of a run changes, as they will be. */
function readPlanned(
  database: BetterSqlite3.Database,
  runId: number,
  before: Map<string, Set<string>>,
): Map<string, { after: string; state: string }> {
  const planId = database.prepare('select planId from Run where id = ?').pluck().get(runId);
  const teams = new Map(
    database
      .prepare('select ordinal, externalId from PlanGroup where planId = ?')
      .all(planId)
      .map((row) => Object.values(row as object) as [number, string]),
  );
  const changes = database
    .prepare(
      `select c.externalId, c.state, d.after, d.gained, d.lost from PlanChange c
       join PlanChangeDetail d on d.planId = c.planId and d.seq = c.seq
       where c.planId = ? and c.subject = 'user' and c.state <> 'none'`,
    )
    .all(planId) as Row[];
  return new Map(
    changes.map(({ externalId, state, after, gained, lost }) => {
      const groups = new Set(before.get(externalId) ?? []);
      for (const ordinal of JSON.parse(gained) as number[]) groups.add(teams.get(ordinal) ?? '?');
      for (const ordinal of JSON.parse(lost) as number[]) groups.delete(teams.get(ordinal) ?? '?');
      return [externalId, { state, after: personText(JSON.parse(after) as Record<string, unknown>, groups) }];
    }),
  );
}

export type Before = { people: People; groups: Map<string, Set<string>> };

/** How many of a plan's people stand as before and as planned, and whoever stands otherwise. */
export type Judgement = { before: number; after: number; wrong: string[] };

/** Everybody before a plan is applied. */
export function readBefore(database: BetterSqlite3.Database): Before {
  return { people: readPeople(database), groups: groupsOfPeople(database) };
}

/**
 * Compares everybody with the plan of a run: whose row is applied has to be wholly as planned, everybody else wholly as
 * before; nobody may be in between, nor may anybody be touched whom the plan does not name.
 */
export function judgePeople(database: BetterSqlite3.Database, runId: number, before: Before): Judgement {
  const now = readPeople(database);
  const planned = readPlanned(database, runId, before.groups);
  const wrong: string[] = [];
  const counted = { before: 0, after: 0 };
  for (const [id, { state, after }] of planned) {
    const is = now.get(id);
    const isRight = state === 'applied' ? is === after : is === before.people.get(id);
    if (!isRight) wrong.push(`${id} is ${state}, but ${is}`);
    counted[state === 'applied' ? 'after' : 'before'] += 1;
  }
  for (const [id, text] of before.people) {
    if (!planned.has(id) && now.get(id) !== text) wrong.push(`${id} is not of the plan, but ${now.get(id)}`);
  }
  for (const id of now.keys()) if (!before.people.has(id) && !planned.has(id)) wrong.push(`${id} is nobody`);
  return { ...counted, wrong };
}
