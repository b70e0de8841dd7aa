import type { PeopleStore } from '@gatehouse/login/ports';
import { foldName } from '@gatehouse/mapping/fold-name';
import { searchOfUser } from '../plans/rows.ts';
import { randomPublicId } from '../random-id.ts';
import { type Steps, type StepValues, step } from '../step-writer.ts';
import * as sql from './queries.ts';

export type PersonInput = Parameters<PeopleStore['write']>[0];

type Refusal = 'name-taken' | 'changed';

/** Ends the transaction: nothing of it stays. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused';
  readonly outcome: Refusal;

  constructor(outcome: Refusal) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** For `link`: answers how many rows it changed. */
export function* linkSteps(values: StepValues): Steps<number> {
  return yield step(sql.link, ...values);
}

/** What a login writes, as the steps of one transaction; answers the public id. @throws WriteRefused */
export function* writeSteps(input: PersonInput, now: number): Steps<string> {
  const { person } = input;
  if (person === null) return yield* createSteps(input, now);
  const { id, revision, publicId } = person;
  if ((yield step(sql.findRevision, id, revision, input.directoryId)) === 0)
    throw new WriteRefused('changed');
  yield* testName(input);
  yield step(sql.updateUser, ...valuesOf(input, now), id);
  yield step(sql.insertEvent, publicId, now, 'UPDATED');
  return publicId;
}

function* createSteps(input: PersonInput, now: number): Steps<string> {
  const { directoryId, issuer, subject } = input;
  if ((yield step(sql.findLink, directoryId, issuer, subject)) > 0) throw new WriteRefused('changed');
  yield* testName(input);
  const publicId = randomPublicId();
  yield step(sql.insertUser, ...valuesOf(input, now), publicId, directoryId);
  yield step(sql.insertLink, directoryId, issuer, subject, publicId, now);
  yield step(sql.insertEvent, publicId, now, 'CREATED');
  return publicId;
}

function* testName({ directoryId, person, attributes }: PersonInput): Steps<void> {
  const holders = yield step(
    sql.findNameHolder,
    directoryId,
    foldName(attributes.username),
    person?.id ?? null,
  );
  if (holders > 0) throw new WriteRefused('name-taken');
}

function valuesOf({ attributes }: PersonInput, now: number): StepValues {
  const { username, email, firstName, lastName, displayName } = attributes;
  const search = searchOfUser(attributes);
  return [username, foldName(username), email, firstName, lastName, displayName, search, now];
}
