import type { PersonApplied, PersonApplier, PersonKey, PersonPlan } from '@gatehouse/sync/person-ports';
import type { Database } from '../database.ts';
import { PersonRefused, personSteps } from './person-steps.ts';

/** Writes what a single-user run planned, in one transaction beside those of full runs. */
export class SqlitePersonApplier implements PersonApplier {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async apply(key: PersonKey, plan: PersonPlan): Promise<PersonApplied> {
    const { change } = plan;
    if (change === null || change.after === null) throw new TypeError('a plan that writes nothing');
    const write = { key, plan, change, after: change.after, now: this.#database.now() };
    try {
      return await this.#database.writeSteps(() => personSteps(write));
    } catch (error) {
      if (error instanceof PersonRefused) return error.answer;
      throw error;
    }
  }
}
