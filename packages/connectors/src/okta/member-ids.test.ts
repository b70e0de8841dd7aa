import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMemberIds } from './member-ids.ts';
import { idOf } from './schema.ts';

/** What reading every record whole gives. */
function readWhole(text: string): unknown {
  const page: unknown = JSON.parse(text);
  return Array.isArray(page) ? page.map(idOf) : page;
}

const member = (id: string) => ({
  id,
  type: { id: 'other' },
  profile: { login: 'a"b\\', tags: ['id', ']', '},{"id":"x"'] },
  _links: { self: { href: 'https://x' } },
});

describe('ids of members', () => {
  it.each<[string, string, unknown]>([
    ['none', '[]', []],
    ['of whole users', JSON.stringify([member('00u1'), member('00u2')]), ['00u1', '00u2']],
    ['behind other fields', '[{"type":{"id":"other"},"id":"00u1"}]', ['00u1']],
    ['the last of two, as JSON has it', '[{"id":"00u1","id":"00u2"}]', ['00u2']],
    ['a record without one', '[{"id":"00u1"},{"name":"id"},{}]', ['00u1', null, null]],
    ['an id that is no text or not usable', '[{"id":5},{"id":"../x"},{"id":null}]', [null, null, null]],
    ['written with spaces', '[ {"id" : "00u1"},\n {"id":"00u2"} ]', ['00u1', '00u2']],
    ['a key with an escape', '[{"\\u0069d":"00u1"}]', ['00u1']],
    ['a value with an escape', '[{"id":"00u\\u0031"}]', ['00u1']],
    ['deeply nested', `[{"a":${'['.repeat(40)}${']'.repeat(40)},"id":"00u1"}]`, ['00u1']],
    ['records that are no objects', '["00u1",7,{"id":"00u2"}]', [null, null, '00u2']],
    ['no list', '{"id":"00u1"}', { id: '00u1' }],
  ])('%s', (_name, text, expected) => {
    expect(readMemberIds(text)).toEqual(expected);
  });

  it.each([
    '',
    '<html>',
    '[{"id":"00u1"}',
    '[{"id":"00u1"',
    '[{"id":"00u1"}]x',
    '[{"a":[1}]',
    '[{"id":"00u1',
  ])('refuses %j as JSON.parse does', (text) => {
    expect(() => readMemberIds(text)).toThrow(SyntaxError);
  });

  it('are those of JSON.parse for any list, and a text that is cut off is refused', () => {
    const record = fc.oneof(
      fc.dictionary(fc.oneof(fc.constant('id'), fc.string({ unit: 'binary' })), fc.jsonValue()),
      fc.record({ profile: fc.jsonValue(), id: fc.string({ unit: 'grapheme' }) }),
    );
    const page = fc.oneof(fc.array(record), fc.array(fc.jsonValue()));
    const indent = fc.constantFrom(0, 2);
    fc.assert(
      fc.property(page, indent, fc.nat(), (rows, spaces, cut) => {
        const text = JSON.stringify(rows, null, spaces);
        expect(readMemberIds(text)).toEqual(readWhole(text));
        expect(() => readMemberIds(text.slice(0, cut % text.length))).toThrow(SyntaxError);
      }),
    );
  });
});
