import type { Overview } from '@gatehouse/contracts/overview';
import { noCounters } from '@gatehouse/contracts/run';
import { describe, expect, test } from 'vitest';
import { heldChanges, heldTitle, worstToken } from './health.ts';

type Token = Overview['health']['tokens'][number];

const token = (name: string, parts: Partial<Token>): Token => ({
  connector: { id: 'AAAAAAAAAAAAAAAAAAAAAA', name },
  set: true,
  updatedAt: '2026-11-01T00:00:00.000Z',
  usedAt: null,
  connection: 'connected',
  ...parts,
});

const fine = token('fine', { usedAt: '2026-11-20T00:00:00.000Z' });
const older = token('older', { usedAt: '2026-11-10T00:00:00.000Z' });
const untested = token('untested', { connection: 'untested' });
const refused = token('refused', { connection: 'not-connected' });
const missing = token('missing', { set: false, connection: 'not-connected' });

describe('worstToken', () => {
  const cases: [name: string, tokens: Token[], expected: string | undefined][] = [
    ['none', [], undefined],
    ['the one used last', [older, fine], 'fine'],
    ['untested before connected', [fine, untested], 'untested'],
    ['refused before untested', [untested, refused, fine], 'refused'],
    ['missing before refused', [refused, missing], 'missing'],
  ];
  test.each(cases)('%s', (_, tokens, expected) => {
    expect(worstToken(tokens)?.connector.name).toBe(expected);
  });
});

test.each([
  [{ ...noCounters, held: 688 }, '688 changes are held. Nothing of them is written.'],
  [{ ...noCounters, held: 1 }, '1 change is held. Nothing of it is written.'],
  [null, 'Run #5 is held. Nothing was written.'],
])('heldTitle of %j', (counters, title) => {
  expect(heldTitle({ id: 5, counters })).toBe(title);
});

describe('heldChanges', () => {
  test.each([
    [null, 0],
    [{ ...noCounters, held: 71, groupsCleanedUp: 24, added: 3, notModified: 9 }, 95],
    [{ ...noCounters, groupsAdded: 1, groupsModified: 2 }, 3],
  ])('of %j', (counters, expected) => {
    expect(heldChanges(counters)).toBe(expected);
  });
});
