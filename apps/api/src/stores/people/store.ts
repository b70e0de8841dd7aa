import { setImmediate } from 'node:timers/promises';
import { userAttributeNames } from '@gatehouse/directory/directory-person';
import type { LoginPerson, PeopleStore } from '@gatehouse/login/ports';
import { foldName } from '@gatehouse/mapping/fold-name';
import type { Database } from '../database.ts';
import type { SqlValue } from '../raw.ts';
import * as sql from './queries.ts';
import { linkSteps, type PersonInput, WriteRefused, writeSteps } from './write-steps.ts';

const matchesAtMost = 3;
/** E-mails that one step folds. */
const emailsPerStep = 1_000;

type PersonRow = Omit<LoginPerson, 'active' | 'madeByLogin' | 'groups'> & {
  readonly active: number;
  readonly madeByLogin: number;
};

/** Who is who at a login. */
export class SqlitePeopleStore implements PeopleStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findLinked(directoryId: number, issuer: string, subject: string): Promise<LoginPerson | null> {
    return this.#find(sql.selectLinked, directoryId, issuer, subject);
  }

  async findSynced(connectorId: number, externalId: string): Promise<LoginPerson | null> {
    return this.#find(sql.selectSynced, connectorId, externalId);
  }

  async findByUsername(directoryId: number, username: string): Promise<LoginPerson | null> {
    return this.#find(sql.selectByUsername, directoryId, foldName(username));
  }

  async findByEmail(directoryId: number, email: string): Promise<readonly LoginPerson[]> {
    const folded = foldName(email);
    // People without an e-mail have none in common.
    if (folded === '') return [];
    const found = new Map<number, LoginPerson>();
    const add = (person: LoginPerson | null): void => {
      if (person !== null && foldName(person.email) === folded) found.set(person.id, person);
    };
    add(this.#find(sql.selectByUsername, directoryId, folded));
    const ids = this.#database.sql.column<number>(sql.selectIdsByEmail, directoryId, folded, matchesAtMost);
    for (const id of ids) add(this.#find(sql.selectById, id));
    for await (const id of this.#otherIds(directoryId, folded)) {
      if (found.size >= matchesAtMost) break;
      add(this.#find(sql.selectById, id));
    }
    return [...found.values()].slice(0, matchesAtMost);
  }

  async linkedSubjects(userId: number, issuer: string): Promise<readonly string[]> {
    return this.#database.sql.column<string>(sql.selectSubjects, userId, issuer);
  }

  async link({ directoryId, issuer, subject, userId, by }: Parameters<PeopleStore['link']>[0]) {
    const values = [directoryId, issuer, subject, userId, by, this.#database.now()];
    return (await this.#database.writeTogether(() => linkSteps(values))) > 0;
  }

  async write(input: PersonInput): ReturnType<PeopleStore['write']> {
    const { person, attributes } = input;
    if (person !== null && userAttributeNames.every((name) => person[name] === attributes[name])) {
      return this.#unchanged(person);
    }
    try {
      const publicId = await this.#database.writeTogether(() => writeSteps(input, this.#database.now()));
      const written = this.#find(sql.selectByPublicId, publicId);
      return written === null ? { outcome: 'changed' } : { outcome: 'written', person: written };
    } catch (error) {
      if (error instanceof WriteRefused) return { outcome: error.outcome };
      throw error;
    }
  }

  /** What says nothing new is not written. */
  #unchanged(person: LoginPerson): Awaited<ReturnType<PeopleStore['write']>> {
    const now = this.#find(sql.selectById, person.id);
    return now?.revision === person.revision ? { outcome: 'written', person: now } : { outcome: 'changed' };
  }

  async *#otherIds(directoryId: number, folded: string): AsyncGenerator<number> {
    for (let after = 0; ; ) {
      const rows = this.#database.sql.all<{ id: number; email: string }>(
        sql.selectOtherEmails,
        ...[directoryId, after, emailsPerStep],
      );
      for (const { id, email } of rows) if (foldName(email) === folded) yield id;
      const last = rows.at(-1);
      if (last === undefined || rows.length < emailsPerStep) return;
      after = last.id;
      await setImmediate();
    }
  }

  #find(text: string, ...values: SqlValue[]): LoginPerson | null {
    const row = this.#database.sql.get<PersonRow>(text, ...values);
    if (row === undefined) return null;
    const groups = this.#database.sql.column<string>(sql.selectGroupNames, row.id);
    return { ...row, active: row.active === 1, madeByLogin: row.madeByLogin === 1, groups };
  }
}
