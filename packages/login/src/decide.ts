/**
 * Who logs in, and what is written: pure, from claims, settings and the directory's people.
 *
 * Who it is. Identity is (issuer, sub); the first row that finds somebody counts.
 *
 * | found                                              | becomes linked by | refused                                     |
 * | -------------------------------------------------- | ----------------- | ------------------------------------------- |
 * | linked to (issuer, sub)                            | is linked         | disabled                                    |
 * | synced by the IdP's connector under sub (Okta,     | same-source       | disabled · linked to another sub of the     |
 * | methods with UserSync)                             |                   | issuer                                      |
 * | one user with the e-mail (or of the user name),    | email, username   | `email_verified` is not the boolean true ·  |
 * | by opt-in                                          |                   | several · made by hand · disabled · linked  |
 * |                                                    |                   | to another sub of the issuer                |
 * | nobody, claims with *create users*                 | claims            | claims cannot be stored · name is taken     |
 * | nobody                                             |                   | unknown                                     |
 *
 * What is written. UserSync comes first and writes what the source says; claims then reach:
 *
 * | method               | user made by a login | user of the IdP's connector       | user of another connector or by hand |
 * | -------------------- | -------------------- | --------------------------------- | ------------------------------------ |
 * | none                 | nothing              | nothing                           | nothing                              |
 * | claims               | every claim that is there | (an IdP of this method has none) | nothing: its owner writes it    |
 * | usersync             | nothing              | nothing                           | nothing                              |
 * | usersync-and-claims  | every claim that is there | attributes that are blank, never the user name | nothing            |
 *
 * UserSync is asked at most once: about the sub where that is an id of the source, else about the source id of the one
 * found. No answer in time: what is known counts, if it is active. A source that says *gone* or *filtered* is believed at
 * once, and whom it does not make, claims do not make either. What claims cannot write for one who is known is a warning,
 * never a reason to keep them out.
 */
import type { LoginFailureCode, LoginStepCode } from '@gatehouse/contracts/login-codes';
import type { UserAttributes } from '@gatehouse/directory/directory-person';
import { type Candidates, emailIsVerified, subjectIsSourceId, usesSync } from './candidates.ts';
import { type ClaimsReach, claimedAttributes, mapClaims, withPlanned } from './claims-update.ts';
import type { Claims } from './flow.ts';
import type { IdentityLink, LoginPerson, RefreshOutcome, Upstream } from './ports.ts';
import { seenText } from './seen-text.ts';

export type DecideInput = {
  readonly subject: string;
  readonly claims: Claims;
  readonly upstream: Pick<Upstream, 'settings' | 'connectorId'>;
  readonly candidates: Candidates;
  /** Null: not asked yet. */
  readonly refresh: RefreshOutcome | null;
};

export type LoginDecision =
  | { readonly decision: 'refuse'; readonly refusal: Refusal }
  /** Read this person from the source, then ask again. `known`: who it seems to be so far. */
  | {
      readonly decision: 'refresh-first';
      readonly connectorId: number;
      readonly externalId: string;
      readonly known: Found | null;
    }
  | {
      readonly decision: 'log-in';
      readonly found: Found;
      /** Null: claims write nothing. */
      readonly attributes: UserAttributes | null;
      /** Why claims could not be written. */
      readonly problem: string | null;
    }
  | { readonly decision: 'create'; readonly attributes: UserAttributes }
  /** Of a test only: UserSync would make this person. */
  | { readonly decision: 'would-be-made' };

export type Refusal = {
  readonly code: LoginFailureCode;
  readonly step: LoginStepCode;
  readonly facts: Claims;
  readonly expected?: string;
  readonly seen?: string;
};

export type Found = { readonly person: LoginPerson; readonly by: IdentityLink | 'linked' };

export function decide(input: DecideInput): LoginDecision {
  const found = foundBy(input);
  if (input.refresh === null) {
    const key = refreshKey(input, found);
    if (key !== null) return { decision: 'refresh-first', ...key, known: found };
  } else {
    const ended = afterRefresh(input.refresh, found);
    if (ended !== null) return ended;
  }
  const decision = found === null ? decideWithoutPerson(input) : decideWithPerson(input, found);
  return input.refresh === null ? decision : atRefresh(decision);
}

/** After a refresh, what stands against a person belongs to that step: they were looked for before it. */
function atRefresh(decision: LoginDecision): LoginDecision {
  return decision.decision === 'refuse' ? refuse({ ...decision.refusal, step: 'refresh' }) : decision;
}

function foundBy({ candidates, upstream }: DecideInput): Found | null {
  const { linked, synced, matches } = candidates;
  if (linked !== null) return { person: linked, by: 'linked' };
  if (synced !== null) return { person: synced, by: 'same-source' };
  const [only] = matches;
  if (only === undefined || matches.length > 1) return null;
  return { person: only, by: upstream.settings.matchBy === 'email' ? 'email' : 'username' };
}

/** Whom UserSync is asked about; null: nobody. */
function refreshKey({ subject, upstream, candidates }: DecideInput, found: Found | null) {
  const { connectorId } = upstream;
  if (connectorId === null || !usesSync(upstream.settings)) return null;
  // The source's own id is better than any match, so it is asked about before a match counts.
  if (subjectIsSourceId(upstream) && found?.by !== 'linked') {
    return candidates.otherSubjects.length > 0 && found?.by === 'same-source'
      ? null
      : { connectorId, externalId: subject };
  }
  if (found === null || linkRefusal(found, { subject, upstream, candidates }) !== null) return null;
  const { person } = found;
  if (person.connectorId === connectorId && person.externalId !== null) {
    return { connectorId, externalId: person.externalId };
  }
  return subjectIsSourceId(upstream) ? { connectorId, externalId: subject } : null;
}

/** What a source's answer decides by itself. */
function afterRefresh(refresh: RefreshOutcome, found: Found | null): LoginDecision | null {
  const isMatch = found?.by === 'email' || found?.by === 'username';
  switch (refresh.outcome) {
    case 'filtered':
      return refuse({ code: 'person-filtered', step: 'refresh', facts: { reason: refresh.reason } });
    case 'failed':
      return refuse({ code: 'refresh-failed', step: 'refresh', facts: { reason: refresh.reason } });
    case 'gone': {
      const isUnknown = refresh.person === null && (found === null || isMatch);
      const code = isUnknown ? 'person-unknown' : 'person-disabled';
      return refuse({ code, step: 'refresh', facts: { reason: refresh.reason } });
    }
    case 'unavailable':
      return null;
    case 'done': {
      const { person, update } = refresh;
      const wouldMake = !update.made && update.operation === 'create';
      const isOther = person !== null && found !== null && person.id !== found.person.id;
      if (isOther || (wouldMake && found !== null && !isMatch)) {
        return refuse({ code: 'person-conflict', step: 'refresh', facts: {} });
      }
      return wouldMake ? { decision: 'would-be-made' } : null;
    }
  }
}

function decideWithoutPerson({ claims, upstream, candidates, refresh }: DecideInput): LoginDecision {
  const { matchBy, updateMethod, createUsers } = upstream.settings;
  const step = 'person-found';
  if (matchBy !== 'none' && !emailIsVerified(claims)) {
    const seen = seenText(claims.email_verified, 60);
    return refuse({ code: 'email-not-verified', step, facts: {}, expected: 'true', seen });
  }
  if (candidates.matches.length > 1) {
    return refuse({ code: 'match-not-unique', step, facts: {} });
  }
  if (refresh?.outcome === 'unavailable') {
    const reason = `UserSync could not look the person up: ${refresh.reason}`;
    return refuse({ code: 'person-unknown', step, facts: { reason } });
  }
  const byClaims = updateMethod === 'claims' || updateMethod === 'usersync-and-claims';
  // Whom the source was asked about and did not make, claims do not make either.
  if (!byClaims || !createUsers || refresh !== null) {
    return refuse({ code: 'person-unknown', step, facts: {} });
  }
  const mapped = mapClaims(claims);
  return mapped.ok
    ? { decision: 'create', attributes: mapped.attributes }
    : refuse({ code: 'claims-unusable', step: 'update', facts: { reason: mapped.reason } });
}

function decideWithPerson(input: DecideInput, found: Found): LoginDecision {
  const { refresh } = input;
  const refusal = linkRefusal(found, input);
  if (refusal !== null) return refuse(refusal);
  if (!willBeActive(found.person, refresh)) {
    return refuse({ code: 'person-disabled', step: 'person-found', facts: {} });
  }
  return { decision: 'log-in', found, ...claimsPart(input, found.person) };
}

/** Why this person may not be linked by this login. */
function linkRefusal(
  { person, by }: Found,
  { subject, upstream, candidates }: Pick<DecideInput, 'subject' | 'upstream' | 'candidates'>,
): Refusal | null {
  const at = { step: 'person-found', facts: {} } as const;
  if (by === 'linked') return null;
  // Made by hand: an account upstream with the right e-mail would be enough to take it over.
  if (person.connectorId === null && !person.madeByLogin) return { code: 'match-not-allowed', ...at };
  const isOtherSourceId =
    subjectIsSourceId(upstream) &&
    person.connectorId === upstream.connectorId &&
    person.externalId !== subject;
  return isOtherSourceId || candidates.otherSubjects.length > 0 ? { code: 'person-conflict', ...at } : null;
}

/** A test's refresher only plans: then the plan counts, not what is written. */
function willBeActive(person: LoginPerson, refresh: RefreshOutcome | null): boolean {
  if (refresh?.outcome !== 'done' || refresh.update.made) return person.active;
  const { operation } = refresh.update;
  return operation === 'enable' || (person.active && operation !== 'disable');
}

function claimsPart(
  { claims, upstream, refresh }: DecideInput,
  person: LoginPerson,
): { readonly attributes: UserAttributes | null; readonly problem: string | null } {
  const reach = claimsReach(person, upstream);
  if (reach === null) return { attributes: null, problem: null };
  const mapped = mapClaims(claims);
  if (!mapped.ok) return { attributes: null, problem: mapped.reason };
  const isPlanned = refresh?.outcome === 'done' && !refresh.update.made;
  const before = isPlanned ? withPlanned(person, refresh.update) : person;
  return {
    attributes: claimedAttributes(before, { claims, mapped: mapped.attributes, reach }),
    problem: null,
  };
}

function claimsReach(
  person: LoginPerson,
  { settings, connectorId }: DecideInput['upstream'],
): ClaimsReach | null {
  const { updateMethod } = settings;
  if (updateMethod !== 'claims' && updateMethod !== 'usersync-and-claims') return null;
  if (person.connectorId === null) return person.madeByLogin ? 'all' : null;
  return updateMethod === 'usersync-and-claims' && person.connectorId === connectorId ? 'blanks' : null;
}

function refuse(refusal: Refusal): LoginDecision {
  return { decision: 'refuse', refusal };
}
