import { describe, expect, it } from 'vitest';
import { loginFailureCodes, loginStepCodes } from './login-codes.ts';
import { loginStepStands, loginStepWords } from './login-words/login-step-words.ts';
import {
  eventWords,
  failedEvent,
  loginFailureWords,
  personWords,
  trackerSentence,
  trackerSteps,
  whereItStands,
} from './login-words.ts';
import type { Tracker, TrackerEvent } from './tracker.ts';

const sentence = /^[A-Z“0-9].*\.$/su;
const unwanted = /undefined|NaN|\bnull\b|\[object|please|oops|\binvalid\b|successfully|[{}]/i;

/** Words of the engine's inside, which only tell an attacker what to try next. */
const internals =
  /token[^ i]|nonce|state|pkce|signature|issuer|secret|\bclaim|\bsub\b|verifier|cookie|https?:/i;

describe('loginFailureWords', () => {
  it.each(loginFailureCodes)('says %s to staff in whole sentences, also without facts', (code) => {
    const words = loginFailureWords[code];

    for (const text of [words.saw({}), words.matters, words.advice]) {
      expect(text).toMatch(sentence);
      expect(text).not.toMatch(unwanted);
    }
    expect(words.clause).toMatch(/^(?:[a-z]|Okta|Gatehouse|UserSync|ID).*[^.]$/u);
    expect(words.label).toMatch(/[^.]$/);
    expect(words.label.length).toBeLessThanOrEqual(50);
  });

  it.each(loginFailureCodes)('says %s to the person without the inside', (code) => {
    const { title, text } = personWords(code);

    expect(text).toMatch(sentence);
    expect(title).toMatch(/^[A-Z].*[^.]$/u);
    for (const words of [title, text]) {
      expect(words).not.toMatch(unwanted);
      expect(words).not.toMatch(internals);
    }
  });

  it.each(['label', 'clause'] as const)('has another %s for each', (part) => {
    expect(new Set(loginFailureCodes.map((code) => loginFailureWords[code][part])).size).toBe(
      loginFailureCodes.length,
    );
  });

  it('survives facts of other types', () => {
    const facts = {
      host: 1,
      seen: {},
      expected: [],
      description: null,
      reason: 7,
      timeoutMs: 'x',
      status: {},
    };

    for (const code of loginFailureCodes) expect(loginFailureWords[code].saw(facts)).not.toMatch(unwanted);
  });
});

describe('personWords', () => {
  it('fills in the names that the person knows, wherever they come from', () => {
    const { title, text } = personWords('upstream-not-assigned', {
      idp: 'Okta',
      application: 'Jira $& {idp}',
    });

    expect(title).toBe('You have no access to Jira $& {idp} yet');
    expect(text).toMatch(
      /^You logged in to Okta correctly\. But nobody there has given your account access to Jira/,
    );
  });

  it('begins with a capital letter also where no name is known', () => {
    expect(personWords('host-timed-out').title).toBe('Your identity provider does not answer as it should');
  });
});

describe('eventWords', () => {
  it.each([
    [
      'id-token-issuer',
      { expected: 'https://login.acme.example', seen: 'https://acme.okta.com', facts: {} },
      'The ID token was issued by https://acme.okta.com instead of https://login.acme.example. Up to here the login went well.',
    ],
    [
      'upstream-not-assigned',
      {
        expected: null,
        seen: null,
        facts: { description: 'User is not assigned to the client application.' },
      },
      'The person logged in to Okta, but is not assigned to the app there: Okta says “User is not assigned to the client application”.',
    ],
    [
      'host-timed-out',
      {
        expected: null,
        seen: null,
        facts: { host: 'acme.okta.com', timeoutMs: 10_000, during: 'the keys' },
      },
      'acme.okta.com did not answer in 10 seconds while asking for the keys.',
    ],
  ] as const)('says %s with its facts', (code, event, saw) => {
    expect(eventWords({ code, ...event })?.saw).toBe(saw);
  });

  it('has nothing to say about an event without a code', () => {
    expect(eventWords({ code: null, facts: {}, expected: null, seen: null })).toBeNull();
  });
});

describe('loginStepWords', () => {
  it.each(loginStepCodes)('names %s', (step) => {
    expect(loginStepWords[step]).toMatch(/^[A-Z]/);
    expect(loginStepStands[step]).toMatch(/^[a-z]/);
  });
});

function trackerAt(
  steps: readonly TrackerEvent['step'][],
  rest: Partial<Tracker> = {},
): Pick<Tracker, 'kind' | 'state' | 'updateMethod' | 'events' | 'failure' | 'lastStep'> {
  return {
    kind: 'test',
    state: 'in-progress',
    updateMethod: 'usersync',
    failure: null,
    lastStep: steps.at(-1) ?? null,
    events: steps.map((step, seq) => ({
      seq,
      at: '2026-11-28T02:09:31.000Z',
      step,
      state: 'passed',
      code: null,
      fact: '',
      expected: null,
      seen: null,
      durationMs: null,
      facts: {},
    })),
    ...rest,
  };
}

const upToIssuer = [
  'link-opened',
  'sent-to-idp',
  'returned',
  'state-matches',
  'code-exchanged',
  'id-token-signature',
  'id-token-issuer',
] as const;

describe('trackerSteps', () => {
  it.each([
    ['a test that nobody opened', trackerAt([]), 17, 'link-opened'],
    ['a real login', trackerAt(['login-started'], { kind: 'login' }), 17, 'login-started'],
    ['a login without UserSync', trackerAt([], { updateMethod: 'claims' }), 16, 'link-opened'],
    ['one that passed userinfo over', trackerAt([...upToIssuer, 'claims']), 12, 'link-opened'],
  ])('counts those of %s', (_what, tracker, count, first) => {
    expect(trackerSteps(tracker)).toHaveLength(count);
    expect(trackerSteps(tracker)[0]).toBe(first);
  });
});

describe('trackerSentence', () => {
  it.each([
    ['Nobody has opened the test URL yet.', trackerAt([], { state: 'waiting' })],
    ['The login has begun.', trackerAt([])],
    ['The login is at step 2 of 17: at Okta, logging in.', trackerAt(['link-opened', 'sent-to-idp'])],
    [
      'The login stopped at step 7 of 17: the ID token has another issuer than expected.',
      trackerAt(upToIssuer, {
        state: 'failed',
        failure: { code: 'id-token-issuer', step: 'id-token-issuer' },
      }),
    ],
    ['Nobody used the test URL within an hour.', trackerAt([], { state: 'timed-out' })],
    [
      'The login was left after step 2 of 17: nobody came back from Okta within the hour.',
      trackerAt(['link-opened', 'sent-to-idp'], { state: 'timed-out' }),
    ],
    [
      'All 17 steps passed.',
      trackerAt(
        loginStepCodes.filter((step) => step !== 'link-opened'),
        { kind: 'login', state: 'passed' },
      ),
    ],
    [
      'All 16 steps passed. It was a test: nothing was written.',
      trackerAt(
        loginStepCodes.filter((step) => step !== 'login-started' && step !== 'refresh'),
        { state: 'passed', updateMethod: 'claims' },
      ),
    ],
  ])('%s', (text, tracker) => {
    expect(trackerSentence(tracker)).toBe(text);
  });
});

describe('whereItStands', () => {
  it.each([
    ['waiting', null, null, 'test URL not opened yet'],
    ['in-progress', 'sent-to-idp', null, 'at Okta, logging in'],
    ['in-progress', null, null, 'has begun'],
    ['passed', 'result', null, 'all checks passed'],
    ['timed-out', 'link-opened', null, 'test URL not used within an hour'],
    ['timed-out', 'sent-to-idp', null, 'did not come back from Okta within the hour'],
    [
      'failed',
      'returned',
      { code: 'upstream-not-assigned', step: 'returned' },
      'Okta: user is not assigned to the app',
    ],
  ] as const)('%s at %s', (state, lastStep, failure, text) => {
    expect(whereItStands({ state, lastStep, failure })).toBe(text);
  });
});

describe('failedEvent', () => {
  it('is the one that failed, not one that warns', () => {
    const { events } = trackerAt(upToIssuer);
    const warned = events.map(
      (event) => ({ ...event, state: event.seq === 2 ? 'warning' : event.state }) as const,
    );
    const failed = warned.map(
      (event) => ({ ...event, state: event.seq === 6 ? 'failed' : event.state }) as const,
    );

    expect(failedEvent({ events: warned })).toBeNull();
    expect(failedEvent({ events: failed })?.step).toBe('id-token-issuer');
  });
});
