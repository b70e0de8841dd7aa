import { describe, expect, it } from 'vitest';
import { readStartQuery } from './start-query.ts';

describe('readStartQuery', () => {
  it.each([
    ['', null],
    ['return=%2Fx', '/x'],
    ['os_destination=%2Fx%3Fa%3Db%26c', '/x?a=b&c'],
    ['next=%2Fx', '/x'],
    ['destination=portals', 'portals'],
    ['os_destination=&return=%2Fx', '/x'],
    ['return=%2Fb&os_destination=%2Fa', '/a'],
    ['return=%2Fa&return=%2Fb', null],
    ['os_destination=%2Fa&os_destination=%2Fb&return=%2Fc', '/c'],
    ['return=%', '%'],
    ['RETURN=%2Fx', null],
  ])('%s returns to %j', (query, returnValue) => {
    expect(readStartQuery(query).returnValue).toBe(returnValue);
  });

  it.each([
    ['portal=1', true, false],
    ['portal=true', false, false],
    ['portal=1&portal=1', false, false],
    ['pv=true', false, true],
    ['pv=', false, false],
    ['permissionViolation=true', false, true],
    ['pv=false&permissionViolation=true', false, false],
  ])('%s: portal %s, permission violation %s', (query, isPortal, isPermissionViolation) => {
    expect(readStartQuery(query)).toMatchObject({ isPortal, isPermissionViolation });
  });
});
