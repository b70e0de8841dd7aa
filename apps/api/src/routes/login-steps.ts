import { type RedirectIdps, redirectionTarget } from '@gatehouse/atlassian/products/redirection';
import type { ApplicationRecord } from '../stores/applications/rows.ts';
import type { IdpRecord } from '../stores/idps/rows.ts';
import { toInstant, toInstantOrNull } from '../stores/raw.ts';
import type { Step } from './set-up-steps.ts';

/** What the checklist needs of identity providers and applications. */
export type LoginMilestones = {
  /** Finished ones first, then drafts; a window of them. */
  readonly idps: readonly IdpRecord[];
  readonly redirectIdps: RedirectIdps;
  /** The first application there is. */
  readonly application: ApplicationRecord | null;
  /** The application whose redirection was switched on last. */
  readonly redirecting: ApplicationRecord | null;
};

/** The half of the checklist that is about logging in. */
export function loginSteps(milestones: LoginMilestones): Step[] {
  return [
    idpAdded(milestones),
    testLoginPassed(milestones),
    applicationAdded(milestones),
    redirectionOn(milestones),
  ];
}

function idpAdded({ idps }: LoginMilestones): Step {
  const step = { code: 'idp-added', label: 'IdP added' } as const;
  const added = idps.find(({ state }) => state !== 'draft');
  if (added !== undefined) {
    const fact = added.state === 'enabled' ? added.name : `${added.name}, switched off`;
    return { ...step, isDone: true, fact, at: toInstant(added.createdAt), continueAt: null };
  }
  const draft = idps.find(({ state }) => state === 'draft');
  return {
    ...step,
    isDone: false,
    fact:
      draft === undefined
        ? 'Let people log in through Okta'
        : `${draft.name === '' ? 'A draft' : `The draft ${draft.name}`} waits to be finished`,
    at: null,
    continueAt: draft === undefined ? '/idps' : `/idps/new/${draft.publicId}/${draft.wizard.step}`,
  };
}

function testLoginPassed({ idps }: LoginMilestones): Step {
  const step = { code: 'test-login-passed', label: 'Test login passed' } as const;
  const tested = idps.find(({ testedAt }) => testedAt !== null);
  if (tested !== undefined) {
    const who = tested.testedBy === null ? '' : `, test of ${tested.testedBy}`;
    const name = tested.name === '' ? 'A draft' : tested.name;
    return {
      ...step,
      isDone: true,
      fact: `${name}${who}`,
      at: toInstantOrNull(tested.testedAt),
      continueAt: null,
    };
  }
  const isPossible = idps.some(({ state }) => state === 'enabled');
  return {
    ...step,
    isDone: false,
    fact: isPossible
      ? 'Start a tracker and log in with its test URL: nothing is written'
      : 'Possible as soon as an IdP is added',
    at: null,
    continueAt: isPossible ? '/support' : null,
  };
}

function applicationAdded({ application }: LoginMilestones): Step {
  const step = { code: 'application-added', label: 'Application added' } as const;
  if (application === null) {
    const fact = 'Tell where Jira, Confluence, Bitbucket or Bamboo is';
    return { ...step, isDone: false, fact, at: null, continueAt: '/applications' };
  }
  const { name, settings, createdAt } = application;
  const fact = `${name}, ${new URL(settings.baseUrl).host}`;
  return { ...step, isDone: true, fact, at: toInstant(createdAt), continueAt: null };
}

function redirectionOn({ application, redirecting, redirectIdps }: LoginMilestones): Step {
  const step = { code: 'redirection-on', label: 'Redirection on' } as const;
  if (redirecting !== null) {
    const { idp } = redirectionTarget(redirecting.settings.redirection.idpId, redirectIdps);
    return {
      ...step,
      isDone: true,
      fact: `${redirecting.name} sends people to ${idp?.name ?? 'its own login page: its IdP is gone'}`,
      at: toInstantOrNull(redirecting.switchedAt),
      continueAt: null,
    };
  }
  const isTested = redirectIdps
    .finished(50)
    .some(({ isEnabled, testedAt }) => isEnabled && testedAt !== null);
  const isPossible = application !== null && isTested;
  return {
    ...step,
    isDone: false,
    fact: isPossible
      ? 'Send people from the login page to single sign-on'
      : 'Possible as soon as a test login has passed and an application is added',
    at: null,
    continueAt: isPossible ? '/redirection' : null,
  };
}
