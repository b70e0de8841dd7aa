import { describe, expect, it } from 'vitest';
import {
  changeReasonCodes,
  gapCodes,
  guardReasonCodes,
  runReasonCodes,
  sourceErrorCodes,
  stepCodes,
  suppressedCodes,
} from './run-codes.ts';
import { reasonLabel, reasonWords, stepWords } from './run-words.ts';

const allReasons = [
  ...changeReasonCodes,
  ...guardReasonCodes,
  ...gapCodes,
  ...suppressedCodes,
  ...runReasonCodes,
  ...sourceErrorCodes,
];

describe('reasonWords', () => {
  it.each(allReasons)('has sentences for %s, also without facts', (code) => {
    const text = reasonWords({ code, facts: {} });

    expect(text).toMatch(/^[A-Z“0-9].*\.$/su);
    expect(text).not.toMatch(/undefined|NaN|null|object/);
    expect(reasonLabel(code)).not.toBe(code);
  });

  it('has each code in one list only', () => {
    expect(new Set(allReasons).size).toBe(allReasons.length);
  });

  it.each([
    ['a code of a newer version', 'from-the-future'],
    ['a name that every object has', 'constructor'],
    ['no code', ''],
  ])('shows %s as it is', (_what, code) => {
    expect(reasonWords({ code, facts: { count: 1 } })).toBe(code);
    expect(reasonLabel(code)).toBe(code);
    expect(stepWords({ code, facts: {} })).toBe(code);
  });

  it.each([
    [
      'name-taken',
      {
        name: 'Ada',
        externalId: '00u2',
        otherName: 'ada',
        otherExternalId: '00u1',
        other: 'planned',
      },
      '“ada” (00u1) gets this name: of two that are new to it, the smaller id does. Nothing of “Ada” (00u2) is written; rename one of the two in Okta.',
    ],
    [
      'guard-removals',
      { planned: 688, active: 92_115, limit: 500 },
      '688 people of 92,115 would be disabled. The limit is 500.',
    ],
    [
      'guard-memberships',
      { planned: 1079, total: 4812, limit: 962 },
      '1,079 memberships of 4,812 would be removed, those that end with a cleaned-up group included. The limit is 962.',
    ],
    [
      'not-created-inactive',
      { status: 'SUSPENDED' },
      'In Okta suspended (SUSPENDED). Nobody is created who cannot sign in.',
    ],
    [
      'server-failed',
      { status: 500, collection: 'users', page: 3, tries: 4, oktaCode: 'E0000009', oktaRequestId: 'abc' },
      'Okta failed while reading users, page 3: it answered 500 E0000009 “Internal Server Error”, in 4 tries. The directory is as it was. Okta’s code is E0000009, its request id abc.',
    ],
    ['unreadable-users', { count: 1, read: 20 }, '1 person of 20 could not be read.'],
  ])('says %s with its facts', (code, facts, text) => {
    expect(reasonWords({ code, facts })).toBe(text);
  });

  it('survives facts of other types', () => {
    const facts = { count: 'many', name: { first: 1 }, planned: null, limit: [] };

    for (const code of allReasons) expect(reasonWords({ code, facts })).not.toMatch(/object|NaN/);
  });
});

describe('stepWords', () => {
  it.each(stepCodes)('has a sentence for %s, also without facts', (code) => {
    expect(stepWords({ code, facts: {} })).toMatch(/^[A-Z“0-9].*\.$/su);
  });

  it.each([
    [
      'rate-limit-wait',
      { bucket: '/api/v1/users', until: '2026-11-02T02:16:10.000Z' },
      'Waiting for Okta’s rate limit (/api/v1/users). Goes on at 02:16:10 UTC.',
    ],
    [
      'page-retried',
      { collection: 'users', cause: 'timed-out', nextTry: 2, tries: 4, until: '2026-11-02T02:16:10.000Z' },
      'No answer in time while reading users. Try 2 of 4 at 02:16:10 UTC.',
    ],
    [
      'page-retried',
      { collection: 'members', cause: 'server-failed', status: 500, nextTry: 3, tries: 4, until: 'soon' },
      'Okta answered 500 while reading members. Try 3 of 4 soon.',
    ],
    [
      'rate-limited',
      { waitedMs: 900_000 },
      'Okta’s rate limit is used up, and 15 minutes of waiting freed nothing. The directory is as it was.',
    ],
    ['rate-limited', {}, 'Okta’s rate limit is used up. The directory is as it was.'],
    ['plan-finished', { changes: 0, groupChanges: 0 }, 'Nothing to do: the directory is as Okta says.'],
    [
      'plan-finished',
      { changes: 0, groupChanges: 0, failed: 2 },
      'Nothing to do: the directory is as Okta says. 2 rows failed: nothing of them is written.',
    ],
    [
      'apply-finished',
      { applied: 7164, drifted: 1 },
      'Applied 7,164 changes. 1 row is left out: it changed since the plan was made.',
    ],
    [
      'apply-finished',
      { applied: 1, drifted: 1200 },
      'Applied 1 change. 1,200 rows are left out: they changed since the plan was made.',
    ],
    ['apply-finished', { applied: 2, drifted: 0 }, 'Applied 2 changes.'],
    ['state-failed', {}, 'Failed.'],
    [
      'state-failed',
      { reason: 'token-missing' },
      'Failed. The connector has no API token. The directory is as it was.',
    ],
    ['state-failed', { reason: 'from-the-future' }, 'Failed. from-the-future'],
    ['state-cancelled', { reason: 'cancelled-by-person', applied: 0 }, 'Cancelled. Nothing was written.'],
    ['guard-no-users', {}, 'Okta’s list of people is empty. Nobody is removed because of that.'],
  ])('says %s with its facts', (code, facts, text) => {
    expect(stepWords({ code, facts })).toBe(text);
  });
});
