import { describe, expect, it } from 'vitest';
import { foldName } from './fold-name.ts';

describe('foldName makes one of', () => {
  it.each([
    ['Engineering', 'engineering'],
    ['  Ops ', 'ops'],
    ['Jose\u0301', 'Jos\u00e9'],
    ['ÉLODIE', 'élodie'],
    ['ŁUKASZ', 'łukasz'],
    ['ΑΘΗΝΑ', 'αθηνα'],
    ['\u00a0Users\u3000', 'users'],
    ['J\u030c', '\u01f0'],
    ['H\u0331', '\u1e96'],
  ])('%j and %j', (left, right) => {
    expect(foldName(left)).toBe(foldName(right));
  });
});

describe('foldName keeps apart', () => {
  it.each([
    ['jose', 'josé'],
    ['a b', 'a  b'],
    ['strasse', 'straße'],
    ['ﬁnance', 'finance'],
    ['everyone', 'everyone2'],
  ])('%j and %j', (left, right) => {
    expect(foldName(left)).not.toBe(foldName(right));
  });
});
