import { describe, expect, test } from 'vitest';
import { hashPassword, needsRehash, verifyAgainstNothing, verifyPassword } from './password-hash.ts';

/** "correct horse" with scrypt N=2^4, as a server without argon2 might have stored it. */
const cheapScrypt = '$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$JfCELMl7b1pl6MB8FZ/l9ZQijZnb3MKoEPvpzK+v+v4';

describe('a password', () => {
  test('is hashed with argon2id as a PHC string, and verified', async () => {
    const stored = await hashPassword('correct horse battery');

    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword('correct horse battery', stored)).toBe(true);
    expect(await verifyPassword('correct horse batterz', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
    expect(needsRehash(stored)).toBe(false);
  });

  test('has a salt of its own', async () => {
    const [first, second] = await Promise.all([hashPassword('same'), hashPassword('same')]);

    expect(first).not.toBe(second);
  });

  test('written in composed or decomposed letters is the same', async () => {
    const stored = await hashPassword('zażółć gęślą'.normalize('NFD'));

    expect(await verifyPassword('zażółć gęślą'.normalize('NFC'), stored)).toBe(true);
  });

  test('hashed with another recipe is verified and wants a new hash', async () => {
    expect(await verifyPassword('correct horse', cheapScrypt)).toBe(true);
    expect(await verifyPassword('wrong horse', cheapScrypt)).toBe(false);
    expect(needsRehash(cheapScrypt)).toBe(true);
  });

  test.each([[''], ['plain text'], ['$2b$10$abc'], ['$argon2id$v=19$m=9999999,t=99,p=1$AAAA$AAAA']])(
    'never matches the stored text %j',
    async (stored) => {
      expect(await verifyPassword(stored, stored)).toBe(false);
      expect(needsRehash(stored)).toBe(true);
    },
  );
});

test('an unknown user costs as much as a known one', async () => {
  const stored = await hashPassword('correct horse battery');
  async function fastestOf(times: number, work: () => Promise<unknown>): Promise<number> {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < times; round += 1) {
      const start = performance.now();
      await work();
      best = Math.min(best, performance.now() - start);
    }
    return best;
  }

  const known = await fastestOf(8, () => verifyPassword('wrong', stored));
  const unknown = await fastestOf(8, () => verifyAgainstNothing('wrong'));
  const damaged = await fastestOf(8, () => verifyPassword('wrong', 'no hash'));

  // Anything that skipped the hash would be a hundred times faster.
  expect(unknown / known).toBeGreaterThan(0.4);
  expect(damaged / known).toBeGreaterThan(0.4);
  expect(await verifyAgainstNothing('')).toBe(false);
});

test('a storm of sign-ins is turned away beyond the queue', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, () => verifyPassword('x', cheapScrypt)),
  );
  const refused = outcomes.filter(
    (outcome) => outcome.status === 'rejected' && outcome.reason.name === 'TurnstileFullError',
  );

  expect(refused).toHaveLength(8);
  expect(await verifyPassword('correct horse', cheapScrypt)).toBe(true);
});
