import { describe, expect, it } from 'vitest';
import { parseBenchOptions, UsageError } from './bench-options.ts';

const nothing = { names: [], users: undefined, groups: undefined, isJson: false, profiles: undefined };

describe('the command line', () => {
  it.each([
    ['', nothing],
    ['--json', { ...nothing, isJson: true }],
    ['-- --json', { ...nothing, isJson: true }],
    ['start review-page', { ...nothing, names: ['start', 'review-page'] }],
    [
      'first-full-sync --users 100,000 --groups=2000',
      { ...nothing, names: ['first-full-sync'], users: 100_000, groups: 2000 },
    ],
    ['--cpu-prof /tmp/profiles', { ...nothing, profiles: '/tmp/profiles' }],
  ])('%s', (text, expected) => {
    expect(parseBenchOptions(text.split(' ').filter(Boolean))).toEqual(expected);
  });

  it.each([
    ['--users many', '--users takes a whole number from 10 to 1000000, not "many".'],
    ['--users 0', '--users takes'],
    ['--groups 1.5', '--groups takes'],
    ['--fast', "Unknown option '--fast'"],
  ])('%s is refused', (text, words) => {
    const parse = () => parseBenchOptions(text.split(' '));

    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(words);
  });
});
