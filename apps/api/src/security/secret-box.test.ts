import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type AppKey, parseAppKeys } from './app-key.ts';
import { checkKeyCanary, createKeyCanary, createSecretBox, type SecretPlace } from './secret-box.ts';

function newKey(): AppKey {
  return parseAppKeys(randomBytes(32).toString('base64'), 'test')[0];
}

const place: SecretPlace = { table: 'Secret', row: 'r1', column: 'value' };
const key = newKey();
const box = createSecretBox({ keys: [key] });

describe('a sealed secret', () => {
  test.each([[''], ['token'], ['ü€😀'], ['x'.repeat(100_000)]])('opens to itself', (secret) => {
    expect(box.open(box.seal(secret, place), place)).toBe(secret);
  });

  test('has the stored form, hides the text and never repeats', () => {
    const sealed = box.seal('canary-secret', place);

    expect(sealed).toMatch(new RegExp(`^enc:v1:${key.id}:[A-Za-z0-9_-]+$`));
    expect(Buffer.from(sealed.split(':')[3] ?? '', 'base64url').toString('latin1')).not.toContain('canary');
    expect(box.seal('canary-secret', place)).not.toBe(sealed);
  });

  test.each<[string, SecretPlace]>([
    ['row', { ...place, row: 'r2' }],
    ['table', { ...place, table: 'Other' }],
    ['column', { ...place, column: 'other' }],
  ])('does not open in another %s', (_name, other) => {
    expect(() => box.open(box.seal('x', place), other)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  test('does not open when a single bit was changed, anywhere', () => {
    const [, , , payload = ''] = box.seal('secret', place).split(':');
    const bytes = Buffer.from(payload, 'base64url');

    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((bytes[index] ?? 0) ^ 1, index);
      const stored = `enc:v1:${key.id}:${changed.toString('base64url')}`;

      expect(() => box.open(stored, place), `byte ${index}`).toThrow(
        expect.objectContaining({ code: 'damaged' }),
      );
    }
  });

  test.each([
    ['plain text', 'hunter2', 'not-sealed'],
    ['another version', `enc:v2:${key.id}:AAAA`, 'not-sealed'],
    ['another key', createSecretBox({ keys: [newKey()] }).seal('x', place), 'unknown-key'],
    ['cut off', `enc:v1:${key.id}:AAAA`, 'damaged'],
  ])('%s -> %s', (_name, stored, code) => {
    expect(() => box.open(stored, place)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a change of key', () => {
  test('the new key seals, the old one still opens', () => {
    const rotated = createSecretBox({ keys: [newKey(), key] });
    const old = box.seal('secret', place);

    expect(rotated.open(old, place)).toBe('secret');
    expect(rotated.needsRotation(old)).toBe(true);
    expect(rotated.needsRotation(rotated.seal('secret', place))).toBe(false);
    expect(() => box.open(rotated.seal('secret', place), place)).toThrow(
      expect.objectContaining({ code: 'unknown-key' }),
    );
  });

  test('the canary stays with the same key and follows a rotation', () => {
    const stored = createKeyCanary(box);
    const rotated = createSecretBox({ keys: [newKey(), key] });

    expect(checkKeyCanary(box, stored)).toBe(stored);
    const renewed = checkKeyCanary(rotated, stored);
    expect(rotated.needsRotation(renewed)).toBe(false);
    expect(() => checkKeyCanary(box, renewed)).toThrow();
  });

  test.each([
    ['another key', () => createKeyCanary(createSecretBox({ keys: [newKey()] }))],
    ['damage', () => `${createKeyCanary(box).slice(0, -4)}AAAA`],
    ['something else sealed', () => box.seal('gatehouse', place)],
  ])('%s is a wrong key', (_name, stored) => {
    expect(() => checkKeyCanary(box, stored())).toThrow(
      expect.objectContaining({ name: 'AppKeyError', code: 'wrong-key' }),
    );
  });
});
