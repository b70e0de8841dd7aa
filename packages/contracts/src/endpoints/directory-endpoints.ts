import { z } from 'zod';
import {
  directoryGroupRowSchema,
  directoryGroupSchema,
  directoryUserRowSchema,
  directoryUserSchema,
  groupMemberSchema,
  userGroupSchema,
} from '../directory.ts';
import { defineEndpoint } from '../endpoint.ts';
import { publicIdSchema, searchQuery, windowOf, windowQuery } from '../primitives.ts';

const tag = 'Directory';
const userParams = z.object({ userId: publicIdSchema });
const groupParams = z.object({ groupId: publicIdSchema });
/** `local`, or the id of a connector. */
const sourceQuery = z.union([z.literal('local'), publicIdSchema]).optional();

export const directoryEndpoints = {
  listDirectoryUsers: defineEndpoint({
    method: 'GET',
    path: '/api/directory/users',
    role: 'admin',
    tag,
    summary: 'List users of the directory, by display name',
    query: z.object({
      ...windowQuery,
      ...searchQuery,
      directoryId: publicIdSchema.optional(),
      source: sourceQuery,
      state: z.enum(['active', 'disabled']).optional(),
      groupId: publicIdSchema.optional(),
    }),
    response: windowOf(directoryUserRowSchema),
    errors: ['not-signed-in', 'not-allowed'],
  }),
  getDirectoryUser: defineEndpoint({
    method: 'GET',
    path: '/api/directory/users/:userId',
    role: 'admin',
    tag,
    summary: 'Get a user with the origin of the record',
    params: userParams,
    response: directoryUserSchema,
    errors: ['not-signed-in', 'not-allowed', 'not-found'],
  }),
  listGroupsOfUser: defineEndpoint({
    method: 'GET',
    path: '/api/directory/users/:userId/groups',
    role: 'admin',
    tag,
    summary: 'List the groups of a user with the origin of each membership',
    params: userParams,
    query: z.object({ ...windowQuery, ...searchQuery }),
    response: windowOf(userGroupSchema),
    errors: ['not-signed-in', 'not-allowed', 'not-found'],
  }),
  listDirectoryGroups: defineEndpoint({
    method: 'GET',
    path: '/api/directory/groups',
    role: 'admin',
    tag,
    summary: 'List groups of the directory, by name',
    query: z.object({
      ...windowQuery,
      ...searchQuery,
      directoryId: publicIdSchema.optional(),
      source: sourceQuery,
    }),
    response: windowOf(directoryGroupRowSchema),
    errors: ['not-signed-in', 'not-allowed'],
  }),
  getDirectoryGroup: defineEndpoint({
    method: 'GET',
    path: '/api/directory/groups/:groupId',
    role: 'admin',
    tag,
    summary: 'Get a group with the origin of the record',
    params: groupParams,
    response: directoryGroupSchema,
    errors: ['not-signed-in', 'not-allowed', 'not-found'],
  }),
  listMembersOfGroup: defineEndpoint({
    method: 'GET',
    path: '/api/directory/groups/:groupId/members',
    role: 'admin',
    tag,
    summary: 'List the members of a group with the origin of each membership',
    params: groupParams,
    query: z.object({ ...windowQuery, ...searchQuery }),
    response: windowOf(groupMemberSchema),
    errors: ['not-signed-in', 'not-allowed', 'not-found'],
  }),
} as const;
