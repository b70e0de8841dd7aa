import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoginTransaction } from '../ports.ts';
import type { TransactionsHarness, TransactionsHarnessFactory } from './transactions-harness.ts';

/** What every `LoginTransactionStore` must do. */
export function describeLoginTransactionStore(name: string, create: TransactionsHarnessFactory): void {
  describe(`LoginTransactionStore on ${name}`, () => {
    let harness: TransactionsHarness;
    beforeEach(async () => {
      harness = await create();
    });
    afterEach(() => harness.close());

    const begun = (state: string, rest: Partial<LoginTransaction> = {}): LoginTransaction => ({
      idpId: harness.idpId,
      loginVersion: 3,
      trackerId: harness.trackerId,
      applicationId: null,
      returnUrl: null,
      state,
      nonce: `nonce of ${state}`,
      verifier: `verifier of ${state}`,
      createdAt: 1_000,
      expiresAt: 3_601_000,
      ...rest,
    });

    it('gives back what was put, once', async () => {
      const { transactions, idpId } = harness;
      const transaction = begun('s1', { returnUrl: 'https://jira.acme.example/x?a=1' });
      await transactions.put('browser', transaction);

      const first = await transactions.take('browser', idpId, 's1');
      const second = await transactions.take('browser', idpId, 's1');

      expect(first).toEqual({ ...transaction, stateMatches: true });
      expect(second).toBeNull();
    });

    it('gives it to one of twenty calls at once', async () => {
      const { transactions, idpId } = harness;
      await transactions.put('browser', begun('s1'));

      const taken = await Promise.all(
        Array.from({ length: 20 }, () => transactions.take('browser', idpId, 's1')),
      );

      expect(taken.filter((transaction) => transaction !== null)).toHaveLength(1);
    });

    it.each([
      ['another browser', 'other', 's1'],
      ['a browser whose secret differs in case', 'BROWSER', 's1'],
    ])('gives nothing to %s', async (_who, browser, state) => {
      const { transactions, idpId } = harness;
      await transactions.put('browser', begun('s1'));

      expect(await transactions.take(browser, idpId, state)).toBeNull();
      expect(await transactions.take('browser', idpId, 's1')).not.toBeNull();
    });

    it('gives nothing to another IdP, whatever the state', async () => {
      const { transactions, idpId, otherIdpId } = harness;
      await transactions.put('browser', begun('s1'));

      expect(await transactions.take('browser', otherIdpId, 's1')).toBeNull();
      expect(await transactions.take('browser', otherIdpId, null)).toBeNull();
      expect(await transactions.take('browser', idpId, 's1')).not.toBeNull();
    });

    it.each([
      ['no state', null],
      ['a state that is none of its', 'forged'],
      ['a state in other case', 'S2'],
    ])('takes the browser’s newest one with the IdP for %s', async (_what, state) => {
      const { transactions, idpId, otherIdpId } = harness;
      await transactions.put('browser', begun('s1'));
      await transactions.put('browser', begun('s2'));
      await transactions.put('browser', begun('s3', { idpId: otherIdpId }));
      await transactions.put('other', begun('s4'));

      const taken = await transactions.take('browser', idpId, state);

      expect(taken).toEqual({ ...begun('s2'), stateMatches: false });
      expect(await transactions.take('browser', idpId, 's2')).toMatchObject({
        state: 's1',
        stateMatches: false,
      });
      expect(await transactions.take('browser', idpId, null)).toBeNull();
      expect(await transactions.take('other', idpId, 's4')).toMatchObject({ stateMatches: true });
    });

    it('answers one that is over, for the caller to say so', async () => {
      const { transactions, idpId } = harness;
      await transactions.put('browser', begun('s1', { createdAt: 0, expiresAt: 1 }));

      expect(await transactions.take('browser', idpId, 's1')).toMatchObject({
        expiresAt: 1,
        stateMatches: true,
      });
    });

    it('keeps twenty of one browser, the newest, and all of others', async () => {
      const { transactions, idpId, otherIdpId } = harness;
      await transactions.put('other', begun('theirs'));
      for (let index = 1; index <= 21; index += 1) {
        await transactions.put(
          'browser',
          begun(`s${index}`, { idpId: index % 2 === 0 ? idpId : otherIdpId }),
        );
      }

      const taken: string[] = [];
      for (const from of [idpId, otherIdpId]) {
        for (let rest = await transactions.take('browser', from, null); rest !== null; ) {
          taken.push(rest.state);
          rest = await transactions.take('browser', from, null);
        }
      }

      expect(taken).toHaveLength(20);
      expect(taken).not.toContain('s1');
      expect(await transactions.take('other', idpId, 'theirs')).not.toBeNull();
    });

    it('holds the same state of two browsers apart', async () => {
      const { transactions, idpId } = harness;
      await transactions.put('browser', begun('s1', { nonce: 'mine' }));

      expect(await transactions.take('other', idpId, 's1')).toBeNull();
      expect(await transactions.take('browser', idpId, 's1')).toMatchObject({ nonce: 'mine' });
    });
  });
}
