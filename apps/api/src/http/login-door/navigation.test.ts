import { describe, expect, it } from 'vitest';
import { isFromOwnPage, isNavigation } from './navigation.ts';

describe('isNavigation', () => {
  it.each([
    [undefined, [], true],
    ['navigate', [], true],
    ['navigate', [undefined, undefined], true],
    ['no-cors', [], false],
    ['cors', [], false],
    ['same-origin', [], false],
    ['websocket', [], false],
    ['nested-navigate', [], false],
    ['navigate', ['prefetch'], false],
    ['navigate', ['prefetch;prerender'], false],
    [undefined, [undefined, 'prefetch'], false],
    ['navigate', [undefined, 'preview'], false],
  ])('mode %s, purposes %j: %s', (mode, purposes, answer) => {
    expect(isNavigation({ mode, purposes })).toBe(answer);
  });
});

describe('isFromOwnPage', () => {
  it.each([
    [undefined, true],
    ['same-origin', true],
    ['same-site', false],
    ['cross-site', false],
    ['none', false],
    ['', false],
  ])('site %s: %s', (site, answer) => {
    expect(isFromOwnPage(site)).toBe(answer);
  });
});
