import { factText } from '../run-facts.ts';
import { needsSupport, seenInstead, tryLater } from './common-words.ts';
import type { LoginFailureTable } from './login-failure-entry.ts';

type Code = 'userinfo-failed' | 'userinfo-unreadable' | 'userinfo-subject' | 'server-error';

/** More claims are fetched; and what can go wrong in Gatehouse itself. */
export const userinfoWords: LoginFailureTable<Code> = {
  'userinfo-failed': {
    label: 'Okta refuses userinfo',
    clause: 'Okta does not give the person’s profile',
    saw: (facts) =>
      `The ID token is right, but userinfo answered ${factText(facts, 'status', 'with an error')}.`,
    matters: 'The profile decides what is written to the directory. Half of it is not used.',
    advice:
      'Log in again. If it stays, look at the System Log in Okta (Reports → System Log) at this time, and run Import Metadata again.',
    field: null,
    inOkta: true,
    person: tryLater,
  },
  'userinfo-unreadable': {
    label: 'Userinfo is not readable',
    clause: 'the person’s profile cannot be read',
    saw: (facts) =>
      facts.html === true
        ? 'Userinfo answered with a web page instead of a profile.'
        : 'Userinfo answered something that is not a profile in JSON.',
    matters: 'The profile decides what is written to the directory. Guessing it is no choice.',
    advice:
      'Run Import Metadata again. If it passes, something between this server and Okta answers in its place: look at the proxy.',
    field: 'domain',
    inOkta: false,
    person: needsSupport,
  },
  'userinfo-subject': {
    label: 'Userinfo of somebody else',
    clause: 'userinfo answered about somebody else',
    saw: (facts) => `The profile belongs to ${seenInstead(facts, 'another person than the ID token')}.`,
    matters: 'Mixing two people’s data would give one the rights of the other. Nothing of it was used.',
    advice:
      'Log in again. If it stays, answers come from a cache between this server and Okta: look at the proxy.',
    field: null,
    inOkta: false,
    person: needsSupport,
  },
  'server-error': {
    label: 'Gatehouse failed',
    clause: 'Gatehouse itself failed',
    saw: () => 'Gatehouse failed, not Okta. The server’s log says more, at the time of this step.',
    matters: 'A login that is only half checked is none.',
    advice: 'Log in again. If it stays, look into the server’s log, and at the disk and the health page.',
    field: null,
    inOkta: false,
    person: {
      title: 'This login cannot be finished',
      text: 'The fault is on this side, not yours. Wait a minute, then start again from {application}. If it stays, give the tracker id to your support team.',
    },
  },
};
