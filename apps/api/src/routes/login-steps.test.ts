import type { RedirectIdp } from '@gatehouse/atlassian/products/redirection';
import { describe, expect, it } from 'vitest';
import type { ApplicationRecord } from '../stores/applications/rows.ts';
import type { IdpRecord } from '../stores/idps/rows.ts';
import { type LoginMilestones, loginSteps } from './login-steps.ts';

const at = Date.UTC(2026, 0, 30, 12);
const draft = {
  publicId: 'draft',
  name: '',
  state: 'draft',
  testedAt: null,
  testedBy: null,
  wizard: { step: 'credentials', ticks: [] },
  createdAt: at,
} as unknown as IdpRecord;
const added: IdpRecord = { ...draft, publicId: 'acme', name: 'Acme Okta', state: 'enabled' };
const tested: IdpRecord = { ...added, testedAt: at, testedBy: 'Ann' };
const jira = {
  name: 'Jira',
  settings: { baseUrl: 'https://jira.acme.example/jira', redirection: { idpId: 'acme' } },
  switchedAt: at,
  createdAt: at,
} as unknown as ApplicationRecord;

function stepsOf(milestones: Partial<LoginMilestones>) {
  const idps = milestones.idps ?? [];
  const finished: RedirectIdp[] = idps
    .filter(({ state }) => state !== 'draft')
    .map(({ publicId, name, state, testedAt }) => ({
      id: publicId,
      name,
      isEnabled: state === 'enabled',
      testedAt,
    }));
  const redirectIdps = {
    find: (id: string) => finished.find((one) => one.id === id) ?? null,
    finished: (limit: number) => finished.slice(0, limit),
  };
  const steps = loginSteps({ idps, redirectIdps, application: null, redirecting: null, ...milestones });
  return steps.map(({ code, isDone, continueAt, fact }) => [code, isDone, continueAt, fact]);
}

describe('loginSteps', () => {
  it('begins with nothing', () => {
    expect(stepsOf({})).toEqual([
      ['idp-added', false, '/idps', 'Let people log in through Okta'],
      ['test-login-passed', false, null, 'Possible as soon as an IdP is added'],
      ['application-added', false, '/applications', 'Tell where Jira, Confluence, Bitbucket or Bamboo is'],
      [
        'redirection-on',
        false,
        null,
        'Possible as soon as a test login has passed and an application is added',
      ],
    ]);
  });

  it.each<[string, Partial<LoginMilestones>, code: string, rest: unknown[]]>([
    [
      'goes on in the draft',
      { idps: [draft] },
      'idp-added',
      [false, '/idps/new/draft/credentials', 'A draft waits to be finished'],
    ],
    ['knows the IdP', { idps: [added, draft] }, 'idp-added', [true, null, 'Acme Okta']],
    [
      'knows one that is switched off',
      { idps: [{ ...added, state: 'disabled' }] },
      'idp-added',
      [true, null, 'Acme Okta, switched off'],
    ],
    [
      'asks for a test',
      { idps: [added] },
      'test-login-passed',
      [false, '/support', 'Start a tracker and log in with its test URL: nothing is written'],
    ],
    ['knows the test', { idps: [tested] }, 'test-login-passed', [true, null, 'Acme Okta, test of Ann']],
    [
      'knows the application',
      { application: jira },
      'application-added',
      [true, null, 'Jira, jira.acme.example'],
    ],
    [
      'offers redirection',
      { idps: [tested], application: jira },
      'redirection-on',
      [false, '/redirection', 'Send people from the login page to single sign-on'],
    ],
    [
      'does not offer it for one that is switched off',
      { idps: [{ ...tested, state: 'disabled' }], application: jira },
      'redirection-on',
      [false, null, 'Possible as soon as a test login has passed and an application is added'],
    ],
    [
      'knows redirection',
      { idps: [tested], application: jira, redirecting: jira },
      'redirection-on',
      [true, null, 'Jira sends people to Acme Okta'],
    ],
    [
      'tells of an IdP that is gone',
      { application: jira, redirecting: jira },
      'redirection-on',
      [true, null, 'Jira sends people to its own login page: its IdP is gone'],
    ],
  ])('%s', (_name, milestones, code, rest) => {
    expect(stepsOf(milestones).find(([one]) => one === code)).toEqual([code, ...rest]);
  });
});
