import { describe, expect, test } from 'vitest';
import { findPasswordProblem, type PasswordProblemCode } from './password-rules.ts';

const email = 'anna.kowalska@example.com';

describe('findPasswordProblem', () => {
  test.each<[string, PasswordProblemCode]>([
    ['', 'too-short'],
    ['k7#Qz!m2Vp9', 'too-short'],
    ['😀😁😂🤣😃😄😅😆😉😊😋', 'too-short'],
    ['k7Qzm2Vp9x'.repeat(13), 'too-long'],
    ['aaaaaaaaaaaaa', 'repeated'],
    ['abababababab', 'repeated'],
    ['AbAcAbAcAbAc', 'repeated'],
    ['k7QzmVk7QzmV', 'repeated'],
    ['111122223333', 'repeated'],
    ['123456789012', 'sequence'],
    ['0987654321098', 'sequence'],
    ['abcdefghijkl', 'sequence'],
    ['qwertyuiop12', 'sequence'],
    ['Qwertyuiop1234', 'sequence'],
    ['1qaz2wsx3edc', 'sequence'],
    ['1q2w3e4r5t6y', 'sequence'],
    ['asdfghjkl123!', 'common'],
    ['Password123!', 'common'],
    ['P@ssw0rd2026!', 'common'],
    ['P@55w0rd123456', 'common'],
    ['WelcomeWelcome1', 'common'],
    ['GatehouseAdmin1', 'common'],
    ['okta-jira-2026', 'common'],
    ['Summer2026!!!!', 'common'],
    ['LetMeInPlease!', 'common'],
    ['correcthorsebatterystaple', 'common'],
    ['changemechangeme!', 'common'],
    ['anna.kowalska1', 'personal'],
    ['Kowalska-2026!', 'personal'],
    ['anna.kowalska@example.com', 'personal'],
  ])('%s is refused: %s', (password, code) => {
    expect(findPasswordProblem(password, { email })?.code).toBe(code);
  });

  test.each([
    ['twelve chars long', 'k7#Qz!m2Vp9x'],
    ['words', 'lantern plum ferry cactus'],
    ['words with a common one', 'my password is a yellow ferry'],
    ['other letters', 'zażółć gęślą jaźń'],
    ['no letters', '839201748563'],
    ['emoji', '😀😁😂🤣😃😄😅😆😉😊😋😎'],
    ['128 characters', 'k7Qzm2Vp9xW4bR8t'.split('').join('-').padEnd(128, 'lantern plum ferry')],
  ])('%s is accepted', (_name, password) => {
    expect(findPasswordProblem(password, { email })).toBeNull();
  });

  test('an address that is not given does not count', () => {
    expect(findPasswordProblem('Kowalska-2026!')).toBeNull();
  });

  test('every refusal says what to do', () => {
    for (const password of ['x', 'aaaaaaaaaaaaa', '123456789012', 'Password123!']) {
      expect(findPasswordProblem(password)?.message).toMatch(/Use |Add /);
    }
  });
});
