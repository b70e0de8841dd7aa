import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBytes } from './compare-bytes.ts';

describe('compareBytes', () => {
  it.each([
    ['00uA', '00ua', -1],
    ['00uZ', '00ua', -1],
    ['00u', '00u1', -1],
    ['same', 'same', 0],
    ['\uff5e', '\u{1f600}', -1],
    ['b', 'a', 1],
  ])('orders %j and %j', (left, right, sign) => {
    expect(Math.sign(compareBytes(left, right))).toBe(sign);
  });

  it('agrees with the bytes of UTF-8', () => {
    const unit = fc.constantFrom(
      '0',
      'A',
      'a',
      '\u00e9',
      '\u0800',
      '\ud7ff',
      '\ue000',
      '\uff5e',
      '\u{1f600}',
      '\u{10ffff}',
    );
    const text = fc.string({ unit, maxLength: 4 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(compareBytes(left, right))).toBe(
          Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right))),
        );
      }),
    );
  });
});
