import { z } from 'zod';
import { instantSchema, publicIdSchema } from './primitives.ts';

const originSchema = z.object({
  /** `local` was made by hand; a connector owns what it created or adopted. */
  kind: z.enum(['local', 'connector']),
  connector: z.object({ id: publicIdSchema, name: z.string() }).nullable(),
});

export const directoryUserRowSchema = z.object({
  id: publicIdSchema,
  username: z.string(),
  displayName: z.string(),
  email: z.string(),
  active: z.boolean(),
  groups: z.number().int(),
  origin: originSchema,
  directory: z.object({ id: publicIdSchema, name: z.string() }),
  updatedAt: instantSchema,
});
export type DirectoryUserRow = z.infer<typeof directoryUserRowSchema>;

export const directoryUserSchema = directoryUserRowSchema.extend({
  firstName: z.string(),
  lastName: z.string(),
  externalId: z.string().nullable(),
  sourceStatus: z.string().nullable(),
  revision: z.number().int(),
  createdAt: instantSchema,
});
export type DirectoryUser = z.infer<typeof directoryUserSchema>;

export const directoryGroupRowSchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  description: z.string(),
  members: z.number().int(),
  origin: originSchema,
  directory: z.object({ id: publicIdSchema, name: z.string() }),
  updatedAt: instantSchema,
});
export type DirectoryGroupRow = z.infer<typeof directoryGroupRowSchema>;

export const directoryGroupSchema = directoryGroupRowSchema.extend({
  externalId: z.string().nullable(),
  revision: z.number().int(),
  createdAt: instantSchema,
});
export type DirectoryGroup = z.infer<typeof directoryGroupSchema>;

/** A group of one user, with where the membership comes from. */
export const userGroupSchema = z.object({
  id: publicIdSchema,
  name: z.string(),
  origins: z.array(originSchema),
});
export type UserGroup = z.infer<typeof userGroupSchema>;

export const groupMemberSchema = z.object({
  id: publicIdSchema,
  username: z.string(),
  displayName: z.string(),
  email: z.string(),
  active: z.boolean(),
  origins: z.array(originSchema),
});
export type GroupMember = z.infer<typeof groupMemberSchema>;
