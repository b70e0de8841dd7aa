import type { LoginTransactionStore } from '../ports.ts';

/** An empty store, and two IdPs that its logins may belong to. */
export interface TransactionsHarness {
  readonly transactions: LoginTransactionStore;
  readonly idpId: number;
  readonly otherIdpId: number;
  /** Of a tracker that is there. */
  readonly trackerId: number;
  close(): Promise<void>;
}

export type TransactionsHarnessFactory = () => Promise<TransactionsHarness>;
