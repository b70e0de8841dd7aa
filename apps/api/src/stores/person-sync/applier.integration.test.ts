import { sourceGroup, sourceUser } from '@gatehouse/sync/conformance/harness';
import { type FoundPerson, needsOf, planPerson } from '@gatehouse/sync/person-plan';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainStatement } from '../numbered-statement.ts';
import { statement } from '../raw.ts';
import * as sql from './queries.ts';
import { createPersonHarness } from './testing.ts';

let harness: Awaited<ReturnType<typeof createPersonHarness>>;

beforeEach(async () => {
  harness = await createPersonHarness('file');
});

afterEach(() => harness.close());

async function refresh(login: string, groups: readonly string[] = [], status = 'ACTIVE') {
  const read: FoundPerson = {
    outcome: 'found',
    user: sourceUser('00u1', login, status),
    groups: groups.map((name) => sourceGroup(`00g-${name}`, name)),
    groupsComplete: true,
  };
  const key = harness.personKey('00u1');
  const plan = planPerson(read, await harness.people.look(key, needsOf(read)));
  return plan.change === null ? 'unchanged' : harness.personApplier.apply(key, plan);
}

function events(): string[] {
  return harness.database.sql
    .all<{ kind: string; operation: string; name: string; subjectId: number; epoch: string }>(
      'select * from DirectoryEvent order by id',
    )
    .map(({ operation, kind, name, epoch }) => `${operation} ${kind} ${name} ${epoch}`);
}

describe('directory events of a single-user run', () => {
  it('tell what happened, groups before the person and the person before their memberships', async () => {
    await refresh('ada', ['Team', 'Crew']);
    await refresh('ada', ['Team', 'Crew']);
    await refresh('lovelace', ['Team', 'Crew']);
    await refresh('lovelace', ['Crew']);
    await refresh('lovelace', ['Crew'], 'SUSPENDED');

    expect(events()).toEqual([
      'CREATED group Crew first',
      'CREATED group Team first',
      'CREATED user ada first',
      'UPDATED membership ada first',
      'UPDATED user lovelace first',
      'UPDATED membership lovelace first',
      'UPDATED user lovelace first',
    ]);
  });

  it('are of nothing that was not written', async () => {
    await harness.addUser({ username: 'ada', externalId: null, owner: 'local' });
    await harness.database.write((db) => [
      statement(
        db,
        `create trigger Full before insert on Membership begin select raise(abort, 'disk full'); end`,
      ),
    ]);
    const before = await harness.directory();

    await expect(refresh('bo', ['Team'])).rejects.toThrow('disk full');

    expect(events()).toEqual([]);
    expect(await harness.directory()).toEqual(before);
  });
});

describe('a removed connector', () => {
  it('writes nobody any more', async () => {
    const data = { removedAt: new Date(0) };
    await harness.database.write((db) => [db.connector.update({ where: { id: 1 }, data })]);

    expect(await refresh('ada')).toBe('settings-changed');
  });
});

describe('the index', () => {
  it('leads every statement to its rows', () => {
    const scans = Object.entries(sql).flatMap(([name, text]) => {
      const values = Array.from({ length: 14 }, () => null);
      const { plain, ordered } = plainStatement(text, values);
      const parameters = text.includes('?1') ? ordered : values.slice(0, text.split('?').length - 1);
      return harness.database.sql
        .all<{ detail: string }>(`explain query plan ${plain}`, ...parameters)
        .filter(({ detail }) => /^SCAN (?!j |json_each|CONSTANT|these$)/.test(detail))
        .map(({ detail }) => `${name}: ${detail}`);
    });

    expect(scans).toEqual([]);
  });
});
