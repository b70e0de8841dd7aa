import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DifferencePart, textDifference } from './text-difference.ts';

/** Changed parts in brackets. */
function draw(parts: readonly DifferencePart[]): string {
  return parts.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');
}

describe('textDifference', () => {
  it.each([
    // before, after, before marked, after marked
    ['a@acme.example', 'a@acme.example', 'a@acme.example', 'a@acme.example'],
    [
      'helen.castellan@acme.example',
      'helen.marchetti@acme.example',
      'helen.[castellan]@acme.example',
      'helen.[marchetti]@acme.example',
    ],
    ['Helen Castellan', 'Helen Marchetti', 'Helen [Castellan]', 'Helen [Marchetti]'],
    ['Sr. Eng. Manager', 'Senior Engineering Manager', '[Sr. Eng.] Manager', '[Senior Engineering] Manager'],
    ['Helen', 'Benedikt', '[Helen]', '[Benedikt]'],
    ['', 'Helen', '', '[Helen]'],
    ['Helen', '', '[Helen]', ''],
    ['anna', 'Anna', '[anna]', '[Anna]'],
    ['Anna Müller', 'Anna Maria Müller', 'Anna Müller', 'Anna [Maria ]Müller'],
    ['Zoe\u0308 Kim', 'Zoe Kim', '[Zoe\u0308] Kim', '[Zoe] Kim'],
    ['山田 太郎', '山田 花子', '山田 [太郎]', '山田 [花子]'],
    ['<b>Bo Li</b>', '<i>Bo Li</i>', '<[b]>Bo Li</[b]>', '<[i]>Bo Li</[i]>'],
    ['a.b', 'x.y', '[a.b]', '[x.y]'],
  ])('of %j and %j', (before, after, markedBefore, markedAfter) => {
    const difference = textDifference(before, after);

    expect(draw(difference.before)).toBe(markedBefore);
    expect(draw(difference.after)).toBe(markedAfter);
  });

  it('never loses a character, and equal parts stand on both sides in one order', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(value, value, (before, after) => {
        const difference = textDifference(before, after);

        expect(difference.before.map((part) => part.text).join('')).toBe(before);
        expect(difference.after.map((part) => part.text).join('')).toBe(after);
        if (before !== after) {
          const marked = [...difference.before, ...difference.after].some((part) => part.changed);
          expect(marked).toBe(true);
        }
      }),
    );
  });

  it('takes two values of 255 characters without a pause', () => {
    const before = '@.'.repeat(127);
    const after = '.@'.repeat(127);
    const startedAt = performance.now();

    textDifference(before, after);

    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});
