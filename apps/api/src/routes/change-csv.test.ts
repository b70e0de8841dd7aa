import type { ChangeRow } from '@gatehouse/contracts/plan';
import { changeReasonCodes } from '@gatehouse/contracts/run-codes';
import { describe, expect, it } from 'vitest';
import { changeCsvCells, changeCsvHeader } from './change-csv.ts';

const row: ChangeRow = {
  key: 'c7',
  subject: 'user',
  category: 'failed',
  operation: 'skip',
  state: 'none',
  externalId: '00u1',
  name: 'Ada',
  username: 'ada',
  email: 'ada@example.com',
  changed: ['email', 'lastName'],
  groupsGained: 1,
  groupsLost: 2,
  reasonCode: 'name-taken',
};

describe('a row of a download', () => {
  it('has a cell for each column', () => {
    expect(changeCsvCells(row)).toEqual([
      'skip',
      'failed',
      'none',
      'Ada',
      'ada',
      'ada@example.com',
      'email lastName',
      1,
      2,
      'Name taken',
      '00u1',
    ]);
    expect(changeCsvCells(row)).toHaveLength(changeCsvHeader.length);
  });

  it.each(changeReasonCodes)(
    'names the reason %s without leaving a gap where a fact would stand',
    (reasonCode) => {
      const reason = changeCsvCells({ ...row, reasonCode })[9];

      expect(reason).toMatch(/\S/);
      expect(reason).not.toMatch(/“”|\(\)|unknown|undefined/);
    },
  );
});
