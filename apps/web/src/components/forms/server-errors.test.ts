import { describe, expect, test } from 'vitest';
import { ApiError, type ApiErrorCode } from '../../lib/api-error.ts';
import { type ServerErrors, splitServerErrors } from './server-errors.ts';

const known = ['name', 'schedule.expression'];
const problem = (code: ApiErrorCode, fields: { field: string; detail: string }[] = []) =>
  new ApiError({ code, status: 422, detail: 'The detail.', fields });

describe('splitServerErrors', () => {
  const cases: [name: string, error: unknown, expected: ServerErrors][] = [
    [
      'fields of the form',
      problem('invalid-field', [
        { field: 'name', detail: 'Too long.' },
        { field: 'schedule.expression', detail: 'Never fires.' },
      ]),
      { fields: { name: 'Too long.', 'schedule.expression': 'Never fires.' }, form: undefined },
    ],
    [
      'a field that the form does not show',
      problem('invalid-field', [{ field: 'other', detail: 'Not good.' }]),
      { fields: {}, form: 'Not good.' },
    ],
    [
      'a code whose field is known',
      problem('name-taken'),
      { fields: { name: 'The detail.' }, form: undefined },
    ],
    ['a code of no field', problem('server-error'), { fields: {}, form: 'The detail.' }],
    ['a mistake of ours', new TypeError('x is undefined'), { fields: {}, form: 'x is undefined' }],
  ];
  test.each(cases)('%s', (_, error, expected) => {
    expect(splitServerErrors(error, known, { 'name-taken': 'name' })).toEqual(expected);
  });
});
