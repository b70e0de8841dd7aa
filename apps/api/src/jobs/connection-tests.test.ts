import type { ConnectionTest } from '@gatehouse/contracts/connector';
import { describe, expect, it } from 'vitest';
import type { ConnectorRecord } from '../stores/connectors/rows.ts';
import { ConnectionTests } from './connection-tests.ts';

const result = { state: 'passed' as const, checks: [], visible: null };

/** Tests that end when they are told to. */
function setUp() {
  const head = { id: 1, publicId: 'c1', settingsVersion: 1 } as ConnectorRecord;
  const state = { head, token: 'first' };
  const saved: ConnectionTest[] = [];
  const ends: (() => void)[] = [];
  const tests = new ConnectionTests({
    connectors: {
      find: () => state.head,
      saveConnectionTest: async (_id, test) => void saved.push(test),
    },
    tokenMark: () => state.token,
    live: { publish: () => undefined },
    test: () => new Promise((resolve) => ends.push(() => resolve(result))),
    now: () => 0,
  });
  return { tests, state, saved, ends };
}

describe('a connection test that is running', () => {
  it('is shared by whoever asks again', () => {
    const { tests, state, ends } = setUp();

    expect(tests.start(state.head)).toBe(tests.start(state.head));
    expect(ends).toHaveLength(1);
  });

  it.each<[string, (state: ReturnType<typeof setUp>['state']) => void]>([
    [
      'other settings',
      (state) => {
        state.head = { ...state.head, settingsVersion: 2 };
      },
    ],
    [
      'another token',
      (state) => {
        state.token = 'second';
      },
    ],
  ])('is neither shared nor stored once there are %s', async (_case, change) => {
    const { tests, state, saved, ends } = setUp();
    const old = tests.start(state.head);
    change(state);

    const fresh = tests.start(state.head);
    for (const end of ends) end();
    await Promise.all([old.finished, fresh.finished]);

    expect(fresh).not.toBe(old);
    expect(saved).toHaveLength(1);
    expect(saved[0]?.settingsVersion).toBe(state.head.settingsVersion);
  });
});
