import type {
  DirectoryGroup,
  DirectoryGroupRow,
  DirectoryUser,
  DirectoryUserRow,
  GroupMember,
  UserGroup,
} from '@gatehouse/contracts/directory';
import { z } from 'zod';
import { toInstant } from '../raw.ts';

type Origin = DirectoryUserRow['origin'];

type OwnedRow = {
  connectorPublicId: string | null;
  connectorName: string | null;
  directoryPublicId: string;
  directoryName: string;
  updatedAt: number;
};

export type UserRow = OwnedRow & {
  id: number;
  publicId: string;
  username: string;
  displayName: string;
  email: string;
  active: number;
  groups: number;
};

export type UserDetailRow = UserRow & {
  firstName: string;
  lastName: string;
  externalId: string | null;
  sourceStatus: string | null;
  revision: number;
  createdAt: number;
};

export type GroupRow = OwnedRow & {
  id: number;
  publicId: string;
  name: string;
  description: string;
  members: number;
};

export type GroupDetailRow = GroupRow & { externalId: string | null; revision: number; createdAt: number };

export type UserGroupRow = { publicId: string; name: string; origins: string };

export type MemberRow = {
  publicId: string;
  username: string;
  displayName: string;
  email: string;
  active: number;
  origins: string;
};

export function toUserRow(row: UserRow): DirectoryUserRow {
  return {
    id: row.publicId,
    username: row.username,
    displayName: row.displayName,
    email: row.email,
    active: row.active === 1,
    groups: row.groups,
    ...ownership(row),
  };
}

export function toUser(row: UserDetailRow): DirectoryUser {
  return {
    ...toUserRow(row),
    firstName: row.firstName,
    lastName: row.lastName,
    externalId: row.externalId,
    sourceStatus: row.sourceStatus,
    revision: row.revision,
    createdAt: toInstant(row.createdAt),
  };
}

export function toGroupRow(row: GroupRow): DirectoryGroupRow {
  return {
    id: row.publicId,
    name: row.name,
    description: row.description,
    members: row.members,
    ...ownership(row),
  };
}

export function toGroup(row: GroupDetailRow): DirectoryGroup {
  return {
    ...toGroupRow(row),
    externalId: row.externalId,
    revision: row.revision,
    createdAt: toInstant(row.createdAt),
  };
}

export function toUserGroup(row: UserGroupRow): UserGroup {
  return { id: row.publicId, name: row.name, origins: toOrigins(row.origins) };
}

export function toMember(row: MemberRow): GroupMember {
  return {
    id: row.publicId,
    username: row.username,
    displayName: row.displayName,
    email: row.email,
    active: row.active === 1,
    origins: toOrigins(row.origins),
  };
}

function ownership(row: OwnedRow) {
  return {
    origin: toOrigin(row.connectorPublicId, row.connectorName),
    directory: { id: row.directoryPublicId, name: row.directoryName },
    updatedAt: toInstant(row.updatedAt),
  };
}

function toOrigin(id: string | null, name: string | null): Origin {
  return id === null
    ? { kind: 'local', connector: null }
    : { kind: 'connector', connector: { id, name: name ?? '' } };
}

const originsSchema = z.array(z.object({ id: z.string().nullable(), name: z.string().nullable() }));

function toOrigins(json: string): Origin[] {
  return originsSchema.parse(JSON.parse(json)).map(({ id, name }) => toOrigin(id, name));
}
