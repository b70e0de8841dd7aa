import { describe, expect, it } from 'vitest';
import { rememberParsed } from './remember-parsed.ts';

function counted(most?: number) {
  const parsed: string[] = [];
  const read = rememberParsed((text): { a: { b: number }[] } => {
    parsed.push(text);
    return JSON.parse(text);
  }, most);
  return { parsed, read };
}

const text = (number: number, padding = '') => JSON.stringify({ a: [{ b: number }], padding });

describe('rememberParsed', () => {
  it('parses the same text once and another one anew', () => {
    const { parsed, read } = counted();

    const values = [read(text(1)), read(text(1)), read(text(2)), read(text(1))].map(({ a }) => a[0]?.b);

    expect(values).toEqual([1, 1, 2, 1]);
    expect(parsed).toEqual([text(1), text(2)]);
  });

  it('keeps what its readers share from being changed, to its depth', () => {
    const { read } = counted();

    expect(() => {
      for (const one of read(text(1)).a) one.b = 2;
    }).toThrow(TypeError);
    expect(read(text(1)).a).toEqual([{ b: 1 }]);
  });

  it('forgets the oldest', () => {
    const { parsed, read } = counted(2);

    for (const number of [1, 2, 3, 2, 1]) read(text(number));

    expect(parsed).toEqual([1, 2, 3, 1].map((number) => text(number)));
  });

  it('does not keep a very long text', () => {
    const { parsed, read } = counted();

    for (let times = 0; times < 2; times += 1) read(text(1, 'x'.repeat(100_000)));

    expect(parsed).toHaveLength(2);
  });

  it('remembers nothing of what cannot be parsed', () => {
    const { parsed, read } = counted();

    for (let times = 0; times < 2; times += 1) expect(() => read('{')).toThrow(SyntaxError);
    expect(parsed).toHaveLength(2);
  });
});
