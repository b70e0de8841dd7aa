import { factText } from '../run-facts.ts';
import { nobodyLoggedIn } from './common-words.ts';
import type { LoginFailureTable } from './login-failure-entry.ts';

type Code =
  | 'person-unknown'
  | 'person-disabled'
  | 'person-filtered'
  | 'person-conflict'
  | 'claims-unusable'
  | 'username-taken'
  | 'email-not-verified'
  | 'match-not-unique'
  | 'match-not-allowed'
  | 'refresh-failed';

const accountNeedsSupport = {
  title: 'Your account needs a look',
  text: 'You logged in to {idp} correctly. But your account here cannot be told for certain. Give the tracker id to your support team.',
};

const neverGuess = `Logging in as the wrong person is worse than not logging in. ${nobodyLoggedIn}`;

/** Okta said who it is; who is that in the directory? */
export const personFailureWords: LoginFailureTable<Code> = {
  'person-unknown': {
    label: 'No directory user for this Okta id',
    clause: 'the directory has no user for this Okta id',
    saw: (facts) =>
      factText(facts, 'reason') === ''
        ? 'Okta’s login is right, but the directory has no user who is linked to this Okta id or was synced under it.'
        : `Okta’s login is right, but there is nobody to log in: ${factText(facts, 'reason').replace(/\.$/, '')}.`,
    matters: 'With this IdP’s settings a login does not make new users.',
    advice:
      'Sync the person first (Simulate in User Sync: the review says why somebody is left out), or choose “Update with UserSync” or “create users” at this IdP.',
    field: 'updateMethod',
    inOkta: false,
    person: {
      title: 'You have no account here yet',
      text: 'You logged in to {idp} correctly. But there is no account for you here yet. New accounts may take until the next sync. If it stays, give the tracker id to your support team.',
    },
  },
  'person-disabled': {
    label: 'Directory user is disabled',
    clause: 'the directory user is disabled',
    saw: (facts) =>
      factText(facts, 'reason') === ''
        ? 'The directory user exists, but is disabled.'
        : `The directory user is disabled: ${factText(facts, 'reason').replace(/\.$/, '')}.`,
    matters: 'A disabled user logs in nowhere, whatever Okta says.',
    advice:
      'If the person shall log in, look at their status in Okta and sync again: a person who is active there is enabled again.',
    field: null,
    inOkta: true,
    person: {
      title: 'Your account here is disabled',
      text: 'You logged in to {idp} correctly. But your account here is disabled. If it should not be, give the tracker id to your support team.',
    },
  },
  'person-filtered': {
    label: 'Left out by the connector’s rules',
    clause: 'the connector’s rules leave this person out',
    saw: (facts) =>
      factText(facts, 'reason') === ''
        ? 'Okta knows the person, but the connector’s rules leave them out.'
        : `Okta knows the person, but the connector’s rules leave them out: ${factText(facts, 'reason').replace(/\.$/, '')}.`,
    matters: 'Who is left out by a sync is not let in by a login.',
    advice: 'Change the connector’s rules or the person’s groups in Okta if they shall be let in.',
    field: 'connectorId',
    inOkta: true,
    person: {
      title: 'Your account is not meant for {application}',
      text: 'You logged in to {idp} correctly. But your account is not among those that may use {application}. If it should be, give the tracker id to your support team.',
    },
  },
  'person-conflict': {
    label: 'User is linked to another Okta id',
    clause: 'the directory user belongs to another Okta id',
    saw: () =>
      'A directory user fits, but is linked to another Okta id already: somebody was deleted and made anew in Okta, or two people share a name or e-mail.',
    matters: `An e-mail or name that passes to somebody else must not hand over the account. ${nobodyLoggedIn}`,
    advice:
      'Compare both people in Okta. If it is the same person with a new Okta id, remove the link of the old id at the directory user, then log in again.',
    field: null,
    inOkta: true,
    person: accountNeedsSupport,
  },
  'claims-unusable': {
    label: 'Claims cannot be stored',
    clause: 'the claims cannot be written to the directory',
    saw: (facts) =>
      factText(facts, 'reason') === ''
        ? 'A claim that becomes an attribute of the directory user cannot be stored.'
        : factText(facts, 'reason'),
    matters: 'Values are taken as they are or not at all: a name that was cut could be somebody else’s.',
    advice:
      'Correct the person’s profile in Okta, and see that the scope “profile” is asked for: without it there is no preferred_username.',
    field: 'scopes',
    inOkta: true,
    person: {
      title: 'Your profile cannot be used',
      text: 'You logged in to {idp} correctly. But a part of your profile there cannot be stored here. Give the tracker id to your support team.',
    },
  },
  'username-taken': {
    label: 'User name belongs to somebody else',
    clause: 'the user name belongs to somebody else already',
    saw: (facts) =>
      factText(facts, 'username') === ''
        ? 'The directory has another user of this name.'
        : `The directory has another user named “${factText(facts, 'username')}”.`,
    matters: neverGuess,
    advice:
      'Rename one of the two, in Okta or in the directory. If they are the same person, sync them with the connector instead.',
    field: null,
    inOkta: true,
    person: accountNeedsSupport,
  },
  'email-not-verified': {
    label: 'E-mail is not verified',
    clause: 'the e-mail address is not verified in Okta',
    saw: (facts) =>
      `People are matched here by what Okta vouches for, and “email_verified” is ${factText(facts, 'seen', 'not true')}.`,
    matters: 'Whoever may type any e-mail into their own profile could take over another’s account.',
    advice:
      'Have the person verify their e-mail in Okta. Better: let people be found by their Okta id (“Update with UserSync”), which needs no e-mail.',
    field: 'matchBy',
    inOkta: true,
    person: {
      title: 'Your e-mail address is not verified',
      text: 'You logged in to {idp} correctly. But your e-mail address is not verified there, and this login needs that. Verify it, or give the tracker id to your support team.',
    },
  },
  'match-not-unique': {
    label: 'Several directory users fit',
    clause: 'several directory users fit',
    saw: () => 'More than one directory user has this e-mail address.',
    matters: neverGuess,
    advice:
      'Let people be found by their Okta id (“Update with UserSync”), or give each directory user an e-mail address of their own.',
    field: 'matchBy',
    inOkta: false,
    person: accountNeedsSupport,
  },
  'match-not-allowed': {
    label: 'User may not be taken over by a login',
    clause: 'the directory user that fits may not be linked by a login',
    saw: () =>
      'A directory user fits, but was made by hand or belongs to something else than this IdP. Such users are never linked by e-mail or name.',
    matters: 'Else an account in Okta with the right e-mail would be enough to become a local administrator.',
    advice:
      'Sync the person with the connector of this IdP, or have them log in with the local user’s own password.',
    field: 'matchBy',
    inOkta: false,
    person: accountNeedsSupport,
  },
  'refresh-failed': {
    label: 'UserSync did not update the person',
    clause: 'UserSync could not bring the person up to date',
    saw: (facts) =>
      factText(facts, 'reason') === ''
        ? 'UserSync did not bring the person up to date.'
        : `UserSync did not bring the person up to date: ${factText(facts, 'reason').replace(/\.$/, '')}.`,
    matters: 'Rights that are not up to date could be too many.',
    advice: 'Simulate in User Sync: the review shows what stands in the way, and how to solve it.',
    field: 'connectorId',
    inOkta: false,
    person: accountNeedsSupport,
  },
};
