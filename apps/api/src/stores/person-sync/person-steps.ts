import { foldName } from '@gatehouse/mapping/fold-name';
import type { GroupChange, UserChange, UserState } from '@gatehouse/sync/change';
import { changedAttributes } from '@gatehouse/sync/changed-attributes';
import type { PersonApplied, PersonKey, PersonPlan } from '@gatehouse/sync/person-ports';
import { searchOfGroup, searchOfUser } from '../plans/rows.ts';
import { randomPublicId } from '../random-id.ts';
import { jsonList } from '../raw.ts';
import { eachRow, type Steps, type StepValues, step } from '../step-writer.ts';
import * as sql from './queries.ts';

export type PersonWrite = {
  readonly key: PersonKey;
  readonly plan: PersonPlan;
  readonly change: UserChange;
  readonly after: UserState;
  readonly now: number;
};

/** Ends the transaction: nothing of it stays. */
export class PersonRefused extends Error {
  override readonly name = 'PersonRefused';
  readonly answer: Exclude<PersonApplied, 'written'>;

  constructor(answer: Exclude<PersonApplied, 'written'>) {
    super(answer);
    this.answer = answer;
  }
}

/** One person as the steps of one transaction. @throws PersonRefused when the directory is not as planned */
export function* personSteps(write: PersonWrite): Steps<'written'> {
  yield* testPlan(write);
  yield* writePerson(write);
  yield* writeGroups(write);
  yield* tell(write);
  return 'written';
}

function* testPlan({ key, plan, after }: PersonWrite): Steps<void> {
  const { connectorId, directoryId, externalId, settingsVersion } = key;
  if ((yield step(sql.findConnector, connectorId, settingsVersion)) === 0) {
    throw new PersonRefused('settings-changed');
  }
  const folded = foldName(after.username);
  const holders = yield step(sql.findNameHolder, directoryId, folded, plan.person?.id ?? null);
  const isThere = plan.person === null && (yield step(sql.findOwnUser, connectorId, externalId)) > 0;
  if (holders > 0 || isThere) throw new PersonRefused('drifted');

  const known = knownGroups(plan.groups.map(({ groupId }) => groupId));
  if ((yield step(sql.findKnownGroups, jsonList(known), connectorId)) !== known.length) {
    throw new PersonRefused('drifted');
  }
  if (plan.createdGroups.length === 0) return;
  const keys = plan.createdGroups.map((group) => group.key);
  const names = plan.createdGroups.map((group) => foldName(attributesOf(group).name));
  const inTheWay = step(sql.findGroupsInTheWay, jsonList(keys), jsonList(names), connectorId, directoryId);
  if ((yield inTheWay) > 0) throw new PersonRefused('drifted');
}

function* writePerson({ key, plan, change, after, now }: PersonWrite): Steps<void> {
  const { connectorId, directoryId, externalId } = key;
  const values: StepValues = [
    ...[connectorId, externalId, now, after.username, foldName(after.username), after.email],
    ...[after.firstName, after.lastName, after.displayName, after.active ? 1 : 0],
    ...[change.sourceStatus, searchOfUser(after)],
  ];
  const { person } = plan;
  const written =
    person === null
      ? yield step(sql.insertPerson, ...values, randomPublicId(), directoryId)
      : yield step(sql.updatePerson, ...values, person.id, person.revision);
  if (written === 0) throw new PersonRefused('drifted');
}

function* writeGroups({ key, plan, change, now }: PersonWrite): Steps<void> {
  const { connectorId, directoryId, externalId } = key;
  const created = plan.createdGroups.map((group) => {
    const attributes = attributesOf(group);
    const { name, description } = attributes;
    const base = [connectorId, group.key, now, randomPublicId(), directoryId];
    return [...base, name, foldName(name), description, searchOfGroup(attributes)];
  });
  if (created.length > 0) yield eachRow(sql.insertGroup, created);

  const idOf = new Map(plan.groups.map(({ ordinal, groupId }) => [ordinal, groupId]));
  const gained = knownGroups(change.groupsAdded.map((ordinal) => idOf.get(ordinal) ?? null));
  const lost = knownGroups(change.groupsRemoved.map((ordinal) => idOf.get(ordinal) ?? null));
  if (lost.length > 0) yield step(sql.deleteMemberships, connectorId, externalId, jsonList(lost));
  if (gained.length + created.length > 0) {
    const keys = jsonList(plan.createdGroups.map((group) => group.key));
    yield step(sql.insertMemberships, connectorId, externalId, jsonList(gained), keys);
  }
  if (gained.length + lost.length > 0) yield step(sql.raiseGroupRevisions, jsonList([...gained, ...lost]));
}

/** Groups before the person, and the person before their memberships. */
function* tell({ key, plan, change, now }: PersonWrite): Steps<void> {
  const { connectorId, directoryId, externalId } = key;
  for (const group of plan.createdGroups) {
    yield step(sql.insertGroupEvent, connectorId, group.key, directoryId, now, 'CREATED');
  }
  const person = [connectorId, externalId, directoryId, now];
  const operation = change.operation === 'create' ? 'CREATED' : 'UPDATED';
  if (operation === 'CREATED' || changedAttributes(change).length > 0) {
    yield step(sql.insertPersonEvent, ...person, operation, 'user');
  }
  if (change.groupsAdded.length + change.groupsRemoved.length > 0) {
    yield step(sql.insertPersonEvent, ...person, 'UPDATED', 'membership');
  }
}

function knownGroups(ids: readonly (number | null)[]): number[] {
  return ids.filter((id) => id !== null);
}

function attributesOf({ key, after }: GroupChange) {
  if (after === null) throw new TypeError(`group ${key} is created and nothing is said of it`);
  return after;
}
