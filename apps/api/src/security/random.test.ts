import { expect, test } from 'vitest';
import { randomId, randomToken, sha256Hex, timingSafeEqualText } from './random.ts';

test('ids are 22 characters of base64url and differ', () => {
  const ids = Array.from({ length: 1_000 }, () => randomId());

  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
});

test.each([
  [undefined, 43],
  [16, 22],
  [64, 86],
])('a token of %s bytes has %i characters', (bytes, length) => {
  expect(randomToken(bytes)).toHaveLength(length);
});

test('sha256Hex knows the published example', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test.each([
  ['', '', true],
  ['abc', 'abc', true],
  ['ü', 'ü', true],
  ['abc', 'abd', false],
  ['abc', 'abcd', false],
  ['abc', '', false],
])('%j equals %j: %s', (left, right, expected) => {
  expect(timingSafeEqualText(left, right)).toBe(expected);
});
