import { describe, expect, it } from 'vitest';
import { isSpent, timesLeft } from './fault.ts';
import { FaultBoard, type FaultTarget } from './fault-board.ts';
import { type FaultInput, faultInputSchema } from './fault-input.ts';

const NOW = Date.UTC(2026, 0, 1);
const USERS_1: FaultTarget = { collection: 'users', page: 1, limit: 200, groupId: null };

function boardWith(input: FaultInput) {
  const board = new FaultBoard([], () => undefined);
  const fault = board.add(faultInputSchema.parse(input), NOW);
  return { board, fault };
}

describe('FaultBoard', () => {
  it.each<[FaultInput, Partial<FaultTarget>, boolean]>([
    [{ kind: 'server-error', collection: 'users' }, {}, true],
    [{ kind: 'server-error', collection: 'users', page: 2 }, {}, false],
    [{ kind: 'server-error', collection: 'users', page: 2 }, { page: 2 }, true],
    [{ kind: 'server-error', collection: 'groups' }, {}, false],
    [{ kind: 'server-error', collection: 'users', limitAbove: 100 }, {}, true],
    [{ kind: 'server-error', collection: 'users', limitAbove: 100 }, { limit: 100 }, false],
    [
      { kind: 'truncate', collection: 'members', groupId: 'a' },
      { collection: 'members', groupId: 'a' },
      true,
    ],
    [
      { kind: 'truncate', collection: 'members', groupId: 'a' },
      { collection: 'members', groupId: 'b' },
      false,
    ],
    [{ kind: 'slow' }, { collection: 'other' }, true],
    [{ kind: 'html', collection: 'groups' }, { collection: 'other' }, false],
  ])('aims %j at %j: %s', (input, target, expected) => {
    const { board } = boardWith(input);

    expect(board.strike(input.kind, { ...USERS_1, ...target }, NOW) !== undefined).toBe(expected);
  });

  it.each<[string, FaultInput, boolean[]]>([
    ['once', { kind: 'server-error', collection: 'users' }, [true, false, false]],
    ['twice', { kind: 'server-error', collection: 'users', times: 2 }, [true, true, false]],
    ['for good', { kind: 'server-error', collection: 'users', times: null }, [true, true, true]],
    ['after two calls', { kind: 'expired-token', skip: 2 }, [false, false, true]],
    ['for five calls', { kind: 'rate-limit-storm' }, [true, true, true]],
    ['for one call', { kind: 'rate-limit-storm', calls: 1 }, [true, false, false]],
  ])('strikes %s', (_name, input, expected) => {
    const { board } = boardWith(input);

    const struck = expected.map(() => board.strike(input.kind, USERS_1, NOW) !== undefined);

    expect(struck).toEqual(expected);
  });

  it('ends a storm of seconds in time and counts its hits', () => {
    const { board, fault } = boardWith({ kind: 'rate-limit-storm', seconds: 2 });

    expect(board.strike('rate-limit-storm', USERS_1, NOW + 1999)).toBe(fault);
    expect(board.strike('rate-limit-storm', USERS_1, NOW + 2000)).toBeUndefined();
    expect(fault).toMatchObject({ hits: 1, seen: 1 });
    expect(isSpent(fault, NOW + 2000)).toBe(true);
  });

  it('tells how often a fault can still strike', () => {
    const { board, fault } = boardWith({ kind: 'stall', collection: 'users', times: 2 });
    const left = [timesLeft(fault, NOW)];
    board.strike('stall', USERS_1, NOW);
    left.push(timesLeft(fault, NOW));
    board.strike('stall', USERS_1, NOW);
    left.push(timesLeft(fault, NOW));

    expect(left).toEqual([2, 1, 0]);
    expect(timesLeft(boardWith({ kind: 'html' }).fault, NOW)).toBeNull();
  });

  it('clears one or all', () => {
    const { board, fault } = boardWith({ kind: 'html' });
    board.add(faultInputSchema.parse({ kind: 'slow' }), NOW);
    board.add(faultInputSchema.parse({ kind: 'slow' }), NOW);

    expect([board.clear('unknown'), board.clear(fault.id), board.clear(), board.list().length]).toEqual([
      0, 1, 2, 0,
    ]);
  });

  it.each([
    [{ kind: 'unknown' }],
    [{ kind: 'stall' }],
    [{ kind: 'stall', collection: 'users', page: 0 }],
    [{ kind: 'slow', milliseconds: 0 }],
    [{ kind: 'narrowed-owner', share: 2 }],
    [{ kind: 'html', surprise: true }],
  ])('does not take %j', (input) => {
    expect(faultInputSchema.safeParse(input).success).toBe(false);
  });
});
