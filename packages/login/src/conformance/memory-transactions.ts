import type { LoginTransaction, LoginTransactionStore, TakenTransaction } from '../ports.ts';

type Row = { readonly browserSecret: string; readonly transaction: LoginTransaction };

/** How many of one browser are kept. */
const browserLimit = 20;

/** Logins under way in memory. For tests: a store that lives as long as its process cannot end a login after a restart. */
export class MemoryTransactions implements LoginTransactionStore {
  #rows: readonly Row[] = [];

  async put(browserSecret: string, transaction: LoginTransaction): Promise<void> {
    const rows = [...this.#rows, { browserSecret, transaction }];
    const own = rows.filter((row) => row.browserSecret === browserSecret);
    const tooMany = new Set(own.slice(0, Math.max(0, own.length - browserLimit)));
    this.#rows = rows.filter((row) => !tooMany.has(row));
  }

  async take(browserSecret: string, idpId: number, state: string | null): Promise<TakenTransaction | null> {
    const own = this.#rows.filter(
      (row) => row.browserSecret === browserSecret && row.transaction.idpId === idpId,
    );
    const exact = own.find((row) => state !== null && row.transaction.state === state);
    const row = exact ?? own.at(-1);
    if (row === undefined) return null;
    this.#rows = this.#rows.filter((kept) => kept !== row);
    return { ...row.transaction, stateMatches: exact !== undefined };
  }
}
