import { expect, test } from 'vitest';
import { cutText, showHiddenCharacters } from './visible-text.ts';

test.each([
  ['an override', 'abc\u202Egpj.exe', 'abcU+202Egpj.exe'],
  ['NUL', 'a\u0000b', 'aU+0000b'],
  ['a line', 'a\nb\tc', 'aU+000AbU+0009c'],
  ['a zero-width space', 'a\u200Bb', 'aU+200Bb'],
  ['a joiner of nothing', 'a\u200D.', 'aU+200D.'],
  ['a joiner of an emoji', '👩‍💻', '👩‍💻'],
  ['a joiner of a script', 'می‌خواهم', 'می‌خواهم'],
  ['a tag', 'a\u{E0041}', 'aU+E0041'],
  ['a filler', '\u3164', 'U+3164'],
  ['half a character', 'a\uD83D', 'a\uFFFD'],
  ['ordinary text', 'Zoë Müller — Ünïcode 😀', 'Zoë Müller — Ünïcode 😀'],
])('shows %s', (_name, text, expected) => {
  expect(showHiddenCharacters(text)).toBe(expected);
});

test('lines can stay', () => {
  expect(showHiddenCharacters('a\n\tb\r', { keepLines: true })).toBe('a\n\tbU+000D');
});

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['a😀b', 3, 'a…'],
  ['😀😀', 3, '😀…'],
])('cuts %s to %i', (text, longest, expected) => {
  expect(cutText(text, longest)).toBe(expected);
  expect(cutText(text, longest).isWellFormed()).toBe(true);
});
