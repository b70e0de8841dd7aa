import { describe, expect, it } from 'vitest';
import { judgeVisible, type Sight } from './visible.ts';

const whole: Sight = {
  organization: 'Acme Industries',
  users: 97_639,
  usersAtLeast: false,
  groups: 120,
  groupsAtLeast: false,
  builtInGroups: 1,
};
const lastGood = { users: 97_639, groups: 120, builtInGroups: 1 };
const owner = 'dana.whitfield@acme.example';

describe('judgeVisible', () => {
  it.each<[string, Partial<Sight>, typeof lastGood | null, string]>([
    ['all, at the first test', {}, null, 'passed'],
    ['all, as the last run', {}, lastGood, 'passed'],
    ['a little less', { users: 95_000, groups: 110 }, lastGood, 'passed'],
    ['more', { users: 120_000, groups: 140 }, lastGood, 'passed'],
    ['a lower bound that is less', { users: 1000, usersAtLeast: true }, lastGood, 'passed'],
    ['less than 80 % of the users', { users: 78_000 }, lastGood, 'token-sees-less'],
    ['less than 90 % of the groups', { groups: 107 }, lastGood, 'token-sees-less'],
    ['all but Everyone', { builtInGroups: 0 }, lastGood, 'token-sees-less'],
    ['all but Everyone, at the first test', { builtInGroups: 0 }, null, 'token-sees-some-groups'],
    ['no Everyone among the first 1,000 groups', { builtInGroups: 0, groupsAtLeast: true }, null, 'passed'],
    ['nobody', { users: 0 }, null, 'token-sees-nobody'],
  ])('%s: %s', (_name, change, last, expected) => {
    const { state, problem } = judgeVisible({ ...whole, ...change }, { owner, lastGood: last });

    expect(problem?.code ?? state).toBe(expected);
    expect(state).toBe(expected === 'passed' ? 'passed' : 'warning');
  });

  it('names the numbers of both and the owner', () => {
    const found = judgeVisible({ ...whole, users: 6412, groups: 7, builtInGroups: 0 }, { owner, lastGood });

    expect(found).toMatchObject({
      fact: '7 of 120 groups, 6,412 of 97,639 users',
      problem: {
        saw: 'The last run saw 120 groups and 97,639 users. A token sees only what its owner, dana.whitfield@acme.example, may see: 7 groups and 6,412 users.',
        matters:
          'The other 91,227 people would look as if they had left. The next sync would be held, so nobody is disabled.',
        advice: expect.stringContaining('Read-only Administrator'),
        field: 'apiToken',
      },
    });
  });

  it('says where counting stopped, and one thing in the singular', () => {
    const found = judgeVisible(
      { ...whole, users: 1000, usersAtLeast: true, groups: 1 },
      { owner: null, lastGood: null },
    );

    expect(found.fact).toBe('1 group, at least 1,000 users');
  });
});
