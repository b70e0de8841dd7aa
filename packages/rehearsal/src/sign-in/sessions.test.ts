import { describe, expect, it } from 'vitest';
import { SESSION_COOKIE, SignInSessions } from './sessions.ts';

const HOUR = 3_600_000;

describe('sessions', () => {
  it.each([
    ['at once', 0, true],
    ['just before two hours', 2 * HOUR - 1, true],
    ['after two hours', 2 * HOUR, false],
  ])('live for two hours: %s', (_name, later, isThere) => {
    const sessions = new SignInSessions();
    const { id } = sessions.start('00u1', 1000);

    expect(sessions.find(`other=1; ${SESSION_COOKIE}=${id}`, 1000 + later) !== undefined).toBe(isThere);
  });

  it.each([undefined, '', 'x=y', `${SESSION_COOKIE}=`, `${SESSION_COOKIE}=guess`])(
    'are not found by %j',
    (header) => {
      const sessions = new SignInSessions();
      sessions.start('00u1', 0);

      expect(sessions.find(header, 0)).toBeUndefined();
    },
  );

  it('end one by one and all', () => {
    const sessions = new SignInSessions();
    const [first, second] = [sessions.start('a', 0), sessions.start('b', 0)];
    sessions.end(first.id);

    expect(sessions.find(`${SESSION_COOKIE}=${first.id}`, 0)).toBeUndefined();
    expect(sessions.find(`${SESSION_COOKIE}=${second.id}`, 0)?.userId).toBe('b');
    expect(sessions.endAll()).toBe(1);
  });
});

describe('requests that wait', () => {
  it('wait for an hour, until they are settled, and no more than 5,000 of them', () => {
    const sessions = new SignInSessions();
    const first = sessions.hold('org', 'a=1', 0);
    const second = sessions.hold('default', 'b=2', 0);

    expect(sessions.pending(first.id, HOUR - 1)?.parameters).toBe('a=1');
    expect(sessions.pending(first.id, HOUR)).toBeUndefined();
    sessions.settle(second.id);
    expect(sessions.pending(second.id, 0)).toBeUndefined();
    for (let index = 0; index < 5000; index += 1) sessions.hold('org', '', 0);
    expect(sessions.pending(first.id, 0)).toBeUndefined();
  });
});
