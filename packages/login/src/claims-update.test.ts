import { describe, expect, it } from 'vitest';
import { mapClaims } from './claims-update.ts';

describe('mapClaims', () => {
  it.each([
    ['a zero-width space', 'admin\u200b', 'U+200B'],
    ['a soft hyphen', 'ad\u00admin', 'U+00AD'],
    ['a change of direction', '\u202enimda', 'U+202E'],
    ['a joiner', 'ad\u200dmin', 'U+200D'],
    ['a filler', 'admin\u3164', 'U+3164'],
    ['a tag', 'admin\u{e0041}', 'U+E0041'],
  ])('takes no user name that looks like another one by %s', (_what, name, shown) => {
    expect(mapClaims({ preferred_username: name })).toEqual({
      ok: false,
      reason: `The claim for the username holds a character that nobody sees, ${shown}, and would look like another user.`,
    });
  });

  it.each(['admin', 'ådmin', '竹下', 'o’neill', 'a b'])('takes %s', (name) => {
    expect(mapClaims({ preferred_username: name })).toMatchObject({
      ok: true,
      attributes: { username: name },
    });
  });

  it('leaves what other attributes need, such as a joiner in a name', () => {
    const name = 'علی\u200cرضا';
    expect(mapClaims({ preferred_username: 'ali', name })).toMatchObject({
      ok: true,
      attributes: { displayName: name },
    });
  });
});
