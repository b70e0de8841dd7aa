import { foldName } from '@gatehouse/mapping/fold-name';
import type { IdentityLink, LoginPerson, PeopleStore } from '../ports.ts';
import type { PersonEvent, SeedPerson } from './people-harness.ts';

type Row = Omit<LoginPerson, 'madeByLogin'> & { readonly directoryId: number };
type IdentityRow = {
  readonly directoryId: number;
  readonly issuer: string;
  readonly subject: string;
  readonly userId: number;
  readonly by: IdentityLink;
};
type WriteInput = Parameters<PeopleStore['write']>[0];
type WriteOutcome = Awaited<ReturnType<PeopleStore['write']>>;

/** People in memory, for tests. */
export class MemoryPeople implements PeopleStore {
  #rows: readonly Row[] = [];
  #identities: readonly IdentityRow[] = [];
  #events: readonly (PersonEvent & { readonly directoryId: number })[] = [];
  #lastId = 0;
  /** Names of the methods that were called, in their order. */
  readonly calls: string[] = [];

  add(seed: SeedPerson): LoginPerson {
    this.#lastId += 1;
    const row: Row = {
      id: this.#lastId,
      publicId: `user-${this.#lastId}`,
      email: '',
      firstName: '',
      lastName: '',
      displayName: seed.username,
      active: true,
      connectorId: null,
      externalId: null,
      revision: 1,
      groups: [],
      ...seed,
    };
    this.#rows = [...this.#rows, row];
    return this.#person(row);
  }

  change(id: number, values: Partial<Omit<Row, 'id'>>): void {
    this.#rows = this.#rows.map((row) =>
      row.id === id ? { ...row, ...values, revision: row.revision + 1 } : row,
    );
  }

  remove(id: number): void {
    this.#rows = this.#rows.filter((row) => row.id !== id);
    this.#identities = this.#identities.filter((identity) => identity.userId !== id);
  }

  all(): readonly LoginPerson[] {
    return this.#rows.map((row) => this.#person(row));
  }

  identities(): readonly IdentityRow[] {
    return this.#identities;
  }

  events(directoryId: number): readonly PersonEvent[] {
    return this.#events
      .filter((event) => event.directoryId === directoryId)
      .map(({ operation, name }) => ({ operation, name }));
  }

  async findLinked(directoryId: number, issuer: string, subject: string): Promise<LoginPerson | null> {
    this.calls.push('findLinked');
    const identity = this.#identity({ directoryId, issuer, subject });
    return this.#find((row) => row.id === identity?.userId);
  }

  async findSynced(connectorId: number, externalId: string): Promise<LoginPerson | null> {
    this.calls.push('findSynced');
    return this.#find((row) => row.connectorId === connectorId && row.externalId === externalId);
  }

  async findByEmail(directoryId: number, email: string): Promise<readonly LoginPerson[]> {
    this.calls.push('findByEmail');
    return this.#rows
      .filter((row) => row.directoryId === directoryId && foldName(row.email) === foldName(email))
      .slice(0, 3)
      .map((row) => this.#person(row));
  }

  async findByUsername(directoryId: number, username: string): Promise<LoginPerson | null> {
    this.calls.push('findByUsername');
    return this.#find(
      (row) => row.directoryId === directoryId && foldName(row.username) === foldName(username),
    );
  }

  async linkedSubjects(userId: number, issuer: string): Promise<readonly string[]> {
    return this.#identities
      .filter((identity) => identity.userId === userId && identity.issuer === issuer)
      .map(({ subject }) => subject);
  }

  async link(input: IdentityRow): Promise<boolean> {
    this.calls.push('link');
    const linked = this.#identity(input);
    if (linked !== undefined) return linked.userId === input.userId;
    const user = this.#rows.find(({ id }) => id === input.userId);
    const hasOther = this.#identities.some(
      ({ userId, issuer }) => userId === input.userId && issuer === input.issuer,
    );
    if (user === undefined || user.directoryId !== input.directoryId || hasOther) return false;
    this.#identities = [...this.#identities, { ...input }];
    return true;
  }

  async write(input: WriteInput): Promise<WriteOutcome> {
    this.calls.push('write');
    const { directoryId, person, attributes } = input;
    const holder = this.#rows.find(
      (row) => row.directoryId === directoryId && foldName(row.username) === foldName(attributes.username),
    );
    if (holder !== undefined && holder.id !== person?.id) return { outcome: 'name-taken' };
    return person === null ? this.#create(input) : this.#update(person, input);
  }

  #create({ directoryId, attributes, issuer, subject }: WriteInput): WriteOutcome {
    if (this.#identity({ directoryId, issuer, subject }) !== undefined) return { outcome: 'changed' };
    const { id } = this.add({ directoryId, ...attributes });
    this.#identities = [...this.#identities, { directoryId, issuer, subject, userId: id, by: 'claims' }];
    return this.#written(id, 'CREATED');
  }

  #update(person: LoginPerson, { attributes }: WriteInput): WriteOutcome {
    if (this.#rows.find(({ id }) => id === person.id)?.revision !== person.revision) {
      return { outcome: 'changed' };
    }
    this.change(person.id, attributes);
    return this.#written(person.id, 'UPDATED');
  }

  #written(id: number, operation: PersonEvent['operation']): WriteOutcome {
    const row = this.#rows.find((candidate) => candidate.id === id);
    if (row === undefined) throw new Error(`no user ${id}`);
    this.#events = [...this.#events, { directoryId: row.directoryId, operation, name: row.username }];
    return { outcome: 'written', person: this.#person(row) };
  }

  #identity(key: Pick<IdentityRow, 'directoryId' | 'issuer' | 'subject'>): IdentityRow | undefined {
    return this.#identities.find(
      ({ directoryId, issuer, subject }) =>
        directoryId === key.directoryId && issuer === key.issuer && subject === key.subject,
    );
  }

  #find(matches: (row: Row) => boolean): LoginPerson | null {
    const row = this.#rows.find(matches);
    return row === undefined ? null : this.#person(row);
  }

  #person({ directoryId: _, ...row }: Row): LoginPerson {
    const madeByLogin = this.#identities.some(({ userId, by }) => userId === row.id && by === 'claims');
    return { ...row, madeByLogin };
  }
}
