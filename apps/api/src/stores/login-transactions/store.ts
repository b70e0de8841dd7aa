import type { LoginTransaction, LoginTransactionStore, TakenTransaction } from '@gatehouse/login/ports';
import { z } from 'zod';
import { sha256Hex } from '../../security/random.ts';
import type { SecretBox, SecretPlace } from '../../security/secret-box.ts';
import type { Database } from '../database.ts';
import { rowsOf, step } from '../step-writer.ts';
import * as sql from './queries.ts';

const keptPerBrowser = 20;
/** Until then an expired login is still known, so that its end can be explained. Unit: milliseconds. */
const keptExpiredMs = 24 * 3_600_000;
const deletedPerPut = 500;

const sealedSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

type TakenRow = Omit<LoginTransaction, 'state' | 'nonce' | 'verifier'> & {
  readonly stateHash: string;
  readonly sealed: string;
};

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
    const now = this.#database.now();
    await this.#database.writeTogether(function* () {
      yield step(
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
      );
      yield step(sql.deleteOldOnes, browserHash, keptPerBrowser);
      yield step(sql.deleteLongExpired, now - keptExpiredMs, deletedPerPut);
    });
  }

  /** @throws SecretBoxError when what was sealed does not open; the transaction is gone all the same */
  async take(browserSecret: string, idpId: number, state: string | null): Promise<TakenTransaction | null> {
    const stateHash = state === null ? '' : sha256Hex(state);
    const values = [sha256Hex(browserSecret), idpId, stateHash] as const;
    const [row] = await this.#database.writeTogether(() => rowsOf<TakenRow>(sql.takeTransaction, ...values));
    if (row === undefined) return null;
    const { stateHash: found, sealed, ...rest } = row;
    const secrets = sealedSchema.parse(JSON.parse(this.#box.open(sealed, placeOf(found))));
    return { ...rest, ...secrets, stateMatches: found === stateHash };
  }
}

function placeOf(stateHash: string): SecretPlace {
  return { table: 'LoginTransaction', row: stateHash, column: 'sealed' };
}
