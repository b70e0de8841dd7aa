import { setImmediate } from 'node:timers/promises';
import type { SecretState } from '@gatehouse/contracts/connector';
import type { SecretBox, SecretPlace } from '../../security/secret-box.ts';
import type { Database } from '../database.ts';
import { statement, toInstant, toInstantOrNull } from '../raw.ts';
import {
  clearSecret,
  findSecret,
  listLasting,
  listSecrets,
  markUsed,
  putSecret,
  resealSecret,
} from './queries.ts';

/** Whose secret, and which. */
export type SecretKey = {
  readonly ownerKind: 'connector' | 'idp' | 'tracker';
  /** Key of the owner's row. */
  readonly ownerId: number;
  readonly name: string;
};

type Row = { cipher: string; updatedAt: number; updatedBy: string; usedAt: number | null };
type Writer = Parameters<typeof statement>[0];

/**
 * Secrets, encrypted and bound to their owner. Written in the batch that changes the owner; read only to be sent to the
 * host that they belong to.
 */
export class SecretStore {
  readonly #database: Database;
  readonly #box: SecretBox;
  #opened: { readonly ciphers: string; readonly secrets: readonly string[] } | null = null;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  /**
   * For the owner's batch, only if the statement right before it changed a row (`auditIfChanged` counts as one).
   * `updatedBy` is a name for people.
   */
  putIfChanged(db: Writer, key: SecretKey, secret: string, updatedBy: string): ReturnType<typeof statement> {
    const cipher = this.#box.seal(secret, placeOf(key));
    return statement(db, putSecret, ...valuesOf(key), cipher, this.#database.now(), updatedBy);
  }

  /** For the owner's batch, under the same condition as `putIfChanged`. */
  clearIfChanged(db: Writer, key: SecretKey): ReturnType<typeof statement> {
    return statement(db, clearSecret, ...valuesOf(key));
  }

  /** What answers may show. */
  state(key: SecretKey): SecretState {
    const row = this.#find(key);
    if (!row) return { set: false, updatedAt: null, updatedBy: null, usedAt: null };
    const { updatedAt, updatedBy, usedAt } = row;
    return { set: true, updatedAt: toInstant(updatedAt), updatedBy, usedAt: toInstantOrNull(usedAt) };
  }

  /**
   * The secret in clear; null when it is not set.
   * @throws SecretBoxError when it does not open
   */
  read(key: SecretKey): string | null {
    const row = this.#find(key);
    return row ? this.#box.open(row.cipher, placeOf(key)) : null;
  }

  /**
   * All secrets of connectors and identity providers in clear, for what must never show one. The same list as long as
   * none of them is another.
   * @throws SecretBoxError when one does not open
   */
  inClear(): readonly string[] {
    const rows = this.#database.sql.all<SecretKey & { cipher: string }>(listLasting);
    const ciphers = rows.map(({ cipher }) => cipher).join();
    if (this.#opened?.ciphers !== ciphers) {
      this.#opened = { ciphers, secrets: rows.map((row) => this.#box.open(row.cipher, placeOf(row))) };
    }
    return this.#opened.secrets;
  }

  /** Notes that it was sent to its host now. */
  async markUsed(key: SecretKey): Promise<void> {
    const row = this.#find(key);
    if (!row) return;
    const now = this.#database.now();
    await this.#database.write((db) => [statement(db, markUsed, now, ...valuesOf(key), row.cipher)]);
  }

  /** Seals anew with the current key whatever an older one sealed; answers how many. */
  async rotate(): Promise<number> {
    let after: SecretKey | { ownerKind: ''; ownerId: 0; name: '' } = { ownerKind: '', ownerId: 0, name: '' };
    let rotated = 0;
    for (;;) {
      const rows: (SecretKey & Row)[] = this.#database.sql.all(listSecrets, ...valuesOf(after));
      const last = rows.at(-1);
      if (!last) return rotated;
      const old = rows.filter((row) => this.#box.needsRotation(row.cipher));
      await this.#database.write((db) =>
        old.map((row) => {
          const cipher = this.#box.seal(this.#box.open(row.cipher, placeOf(row)), placeOf(row));
          return statement(db, resealSecret, cipher, ...valuesOf(row), row.cipher);
        }),
      );
      rotated += old.length;
      after = last;
      await setImmediate();
    }
  }

  #find(key: SecretKey): Row | undefined {
    return this.#database.sql.get<Row>(findSecret, ...valuesOf(key));
  }
}

function placeOf({ ownerKind, ownerId, name }: SecretKey): SecretPlace {
  return { table: 'Secret', row: `${ownerKind}:${ownerId}:${name}`, column: 'cipher' };
}

function valuesOf(key: { ownerKind: string; ownerId: number; name: string }): [string, number, string] {
  return [key.ownerKind, key.ownerId, key.name];
}
