import { randomPublicIds } from '../random-id.ts';
import type { SqlValue } from '../raw.ts';
import type { StepValues } from '../step-writer.ts';
import { type ChunkGroup, type ChunkUser, statusOf } from './chunk.ts';
import type { ChunkInput } from './chunk-steps.ts';
import { searchOfGroup, searchOfUser } from './rows.ts';

/** For `updateUser`. */
export function* updatedUsers(users: readonly ChunkUser[], input: ChunkInput): Generator<StepValues> {
  for (const user of users) yield [...base(user, user.subjectId, input), ...valuesOfUser(user)];
}

/** For `insertUser`. */
export function* createdUsers(users: readonly ChunkUser[], input: ChunkInput): Generator<StepValues> {
  const ids = randomPublicIds();
  for (const user of users) {
    const publicId = ids.next().value;
    yield [...base(user, publicId, input), ...valuesOfUser(user), user.externalId, input.directoryId];
  }
}

/** For `updateGroup`. */
export function* updatedGroups(groups: readonly ChunkGroup[], input: ChunkInput): Generator<StepValues> {
  for (const group of groups) yield [...base(group, group.subjectId, input), ...valuesOfGroup(group)];
}

/** For `insertGroup`. */
export function* createdGroups(groups: readonly ChunkGroup[], input: ChunkInput): Generator<StepValues> {
  const ids = randomPublicIds();
  for (const group of groups) {
    const publicId = ids.next().value;
    yield [...base(group, publicId, input), ...valuesOfGroup(group), group.externalId, input.directoryId];
  }
}

function base(row: { readonly seq: number }, id: SqlValue, { planId, key, now }: ChunkInput): SqlValue[] {
  return [planId, key.connectorId, key.fence, row.seq, id, now];
}

function valuesOfUser(user: ChunkUser): SqlValue[] {
  const { state, folded } = user;
  return [
    ...[state.username, folded, state.email, state.firstName, state.lastName, state.displayName],
    ...[state.active ? 1 : 0, statusOf(user), searchOfUser(state)],
  ];
}

function valuesOfGroup({ seq, state, folded }: ChunkGroup): SqlValue[] {
  if (state === null) throw new TypeError(`row ${seq} of a plan writes a group and says nothing of it`);
  return [state.name, folded, state.description, searchOfGroup(state)];
}
