import { describe, expect, test } from 'vitest';
import { splitHiddenCharacters } from './hidden-characters.ts';

describe('splitHiddenCharacters', () => {
  const cases: [name: string, text: string, expected: string][] = [
    ['plain text', 'Đặng Thị Hương', 'Đặng Thị Hương'],
    ['an override', 'abc\u202egnp.exe', 'abc[U+202E]gnp.exe'],
    ['a line break and a bell', 'a\nb\u0007', 'a[U+000A]b[U+0007]'],
    ['a zero-width space', 'ad\u200bmin', 'ad[U+200B]min'],
    ['a joiner in Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a joiner at the end', 'admin\u200d', 'admin[U+200D]'],
    ['an emoji family', '👩\u200d👧', '👩\u200d👧'],
    ['markup', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['nothing', '', ''],
  ];

  test.each(cases)('%s', (_, text, expected) => {
    const shown = splitHiddenCharacters(text).map((part) => (part.hidden ? `[${part.text}]` : part.text));
    expect(shown.join('')).toBe(expected);
  });
});
