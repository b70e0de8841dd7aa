import { loginFailureCodes } from '@gatehouse/contracts/login-codes';
import { describe, expect, it } from 'vitest';
import { failureStatus } from './failure-status.ts';

describe('failureStatus', () => {
  it.each([
    ['transaction-missing', 400],
    ['state-differs', 400],
    ['idp-changed', 400],
    ['link-used', 410],
    ['idp-removed', 410],
    ['idp-disabled', 503],
    ['upstream-not-assigned', 403],
    ['person-unknown', 403],
    ['upstream-server-error', 502],
    ['id-token-nonce', 502],
    ['host-timed-out', 502],
    ['server-error', 500],
  ] as const)('%s is %i', (code, status) => {
    expect(failureStatus(code)).toBe(status);
  });

  it('is never a success', () => {
    expect(loginFailureCodes.filter((code) => failureStatus(code) < 400)).toEqual([]);
  });
});
