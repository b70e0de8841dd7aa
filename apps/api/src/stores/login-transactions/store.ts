import type { LoginTransaction, LoginTransactionStore, TakenTransaction } from '@gatehouse/login/ports';
import { z } from 'zod';
import { sha256Hex } from '../../security/random.ts';
import type { SecretBox, SecretPlace } from '../../security/secret-box.ts';
import type { Database } from '../database.ts';
import { numberedReturning, numberedStatement } from '../numbered-statement.ts';
import { toNumber } from '../raw.ts';
import * as sql from './queries.ts';

const keptPerBrowser = 20;
/** Until then an expired login is still known, so that its end can be explained. Unit: milliseconds. */
const keptExpiredMs = 24 * 3_600_000;
const deletedPerPut = 500;

const sealedSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/** Logins under way. Of cookie and `state` only hashes are stored; nonce, verifier and state itself are sealed. */
export class SqliteLoginTransactionStore implements LoginTransactionStore {
  readonly #database: Database;
  readonly #box: SecretBox;

  constructor(database: Database, box: SecretBox) {
    this.#database = database;
    this.#box = box;
  }

  async put(browserSecret: string, transaction: LoginTransaction): Promise<void> {
    const { state, nonce, verifier } = transaction;
    const browserHash = sha256Hex(browserSecret);
    const stateHash = sha256Hex(state);
    const sealed = this.#box.seal(JSON.stringify({ state, nonce, verifier }), placeOf(stateHash));
    await this.#database.write((db) => [
      numberedStatement(
        db,
        sql.insertTransaction,
        browserHash,
        stateHash,
        transaction.idpId,
        transaction.loginVersion,
        transaction.trackerId,
        transaction.applicationId,
        transaction.returnUrl,
        sealed,
        transaction.createdAt,
        transaction.expiresAt,
      ),
      numberedStatement(db, sql.deleteOldOnes, browserHash, keptPerBrowser),
      numberedStatement(db, sql.deleteLongExpired, this.#database.now() - keptExpiredMs, deletedPerPut),
    ]);
  }

  /** @throws SecretBoxError when what was sealed does not open; the transaction is gone all the same */
  async take(browserSecret: string, idpId: number, state: string | null): Promise<TakenTransaction | null> {
    const stateHash = state === null ? '' : sha256Hex(state);
    const [rows] = await this.#database.write((db) => [
      numberedReturning<Record<string, unknown>>(
        db,
        sql.takeTransaction,
        sha256Hex(browserSecret),
        idpId,
        stateHash,
      ),
    ]);
    const row = rows[0];
    if (row === undefined) return null;
    const found = String(row.stateHash);
    const sealed = sealedSchema.parse(JSON.parse(this.#box.open(String(row.sealed), placeOf(found))));
    return {
      ...sealed,
      idpId: toNumber(row.idpId),
      loginVersion: toNumber(row.loginVersion),
      trackerId: toNumber(row.trackerId),
      applicationId: row.applicationId === null ? null : toNumber(row.applicationId),
      returnUrl: row.returnUrl === null ? null : String(row.returnUrl),
      createdAt: toNumber(row.createdAt),
      expiresAt: toNumber(row.expiresAt),
      stateMatches: found === stateHash,
    };
  }
}

function placeOf(stateHash: string): SecretPlace {
  return { table: 'LoginTransaction', row: stateHash, column: 'sealed' };
}
