import type { LoginFailureCode } from '@gatehouse/contracts/login-codes';
import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import type { UserAttributes } from '@gatehouse/directory/directory-person';
import { attributeChanges } from './claims-update.ts';
import type { Found } from './decide.ts';
import type { ProvenIdentity, TakenLogin } from './flow.ts';
import { LoginError } from './login-result.ts';
import type { LoginPerson, PeopleStore } from './ports.ts';

/** Why claims were not written, all of them or the user name, to one who logs in all the same. */
export type WriteProblem = {
  readonly code: Extract<LoginFailureCode, 'claims-unusable' | 'username-taken'>;
  readonly facts: Readonly<Record<string, string>>;
};

/** What claims did to the directory user, or in a test would do. */
export type WrittenPerson = {
  /** Null: a test that would make one. */
  readonly person: LoginPerson | null;
  readonly claimed: Pick<LoginUpdate, 'operation' | 'changes' | 'made'> | null;
  readonly problem: WriteProblem | null;
};

type WriteContext = {
  readonly identity: ProvenIdentity;
  readonly login: TakenLogin;
  readonly people: PeopleStore;
};

/**
 * Makes a user from claims and links them, in one transaction.
 *
 * @throws LoginError `username-taken`
 */
export async function createPerson(
  attributes: UserAttributes,
  context: WriteContext,
): Promise<WrittenPerson> {
  const { identity, login, people } = context;
  const { issuer, subject } = identity;
  const { directoryId } = login.upstream;
  const changes = attributeChanges(null, attributes);
  const taken = () =>
    new LoginError({ code: 'username-taken', step: 'update', facts: { username: attributes.username } });
  if (login.tracer.kind === 'test') {
    const holder = await people.findByUsername(directoryId, attributes.username);
    if (holder !== null) throw taken();
    return { person: null, claimed: { operation: 'create', changes, made: false }, problem: null };
  }
  const written = await people.write({ directoryId, person: null, attributes, issuer, subject });
  if (written.outcome === 'written') {
    await people.link({ directoryId, issuer, subject, userId: written.person.id, by: 'claims' });
    return { person: written.person, claimed: { operation: 'create', changes, made: true }, problem: null };
  }
  // Two first logins of one person at once: the other one made them.
  const linked = await people.findLinked(directoryId, issuer, subject);
  if (linked?.active !== true) throw taken();
  return { person: linked, claimed: null, problem: null };
}

/**
 * Links the one who was found, then writes what claims say. In this order: a login that may not have the person changes
 * nothing of them.
 *
 * @throws LoginError `person-conflict`
 */
export async function linkAndUpdate(
  found: Found,
  attributes: UserAttributes | null,
  context: WriteContext,
): Promise<WrittenPerson> {
  const { identity, login, people } = context;
  const { person } = found;
  if (login.tracer.kind === 'test') {
    const changes = attributes === null ? [] : attributeChanges(person, attributes);
    const claimed = attributes === null ? null : { operation: 'update' as const, changes, made: false };
    return { person, claimed, problem: null };
  }
  const { issuer, subject } = identity;
  const { directoryId } = login.upstream;
  // Of one who is linked already only the time of the login is noted.
  const by = found.by === 'linked' ? 'same-source' : found.by;
  const isLinked = await people.link({ directoryId, issuer, subject, userId: person.id, by });
  if (!isLinked) throw new LoginError({ code: 'person-conflict', step: 'update', facts: {} });
  return attributes === null
    ? { person, claimed: null, problem: null }
    : updatePerson(person, attributes, context);
}

async function updatePerson(
  person: LoginPerson,
  attributes: UserAttributes,
  context: WriteContext,
): Promise<WrittenPerson> {
  const { identity, login, people } = context;
  const { issuer, subject } = identity;
  const { directoryId } = login.upstream;
  const changes = attributeChanges(person, attributes);
  if (changes.length === 0) return { person, claimed: null, problem: null };
  const written = await people.write({ directoryId, person, attributes, issuer, subject });
  if (written.outcome === 'written') {
    return { person: written.person, claimed: { operation: 'update', changes, made: true }, problem: null };
  }
  if (written.outcome === 'name-taken' && attributes.username !== person.username) {
    const kept = await updatePerson(person, { ...attributes, username: person.username }, context);
    return { ...kept, problem: { code: 'username-taken', facts: { username: attributes.username } } };
  }
  const reason = 'The user was changed by somebody else at the same moment, so claims wrote nothing.';
  return { person, claimed: null, problem: { code: 'claims-unusable', facts: { reason } } };
}
