import { z } from 'zod';
import { emailSchema, instantSchema, nameSchema, passwordSchema, publicIdSchema } from './primitives.ts';

export const staffRoleSchema = z.enum(['admin', 'support']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

export const accountSchema = z.object({
  id: publicIdSchema,
  email: z.string(),
  name: z.string(),
  role: staffRoleSchema,
  enabled: z.boolean(),
  createdAt: instantSchema,
  passwordSetAt: instantSchema,
  lastSignedInAt: instantSchema.nullable(),
  /** Sessions that are not over. */
  sessions: z.number().int(),
});
export type Account = z.infer<typeof accountSchema>;

export const sessionSchema = z.object({
  id: publicIdSchema,
  current: z.boolean(),
  createdAt: instantSchema,
  lastSeenAt: instantSchema,
  expiresAt: instantSchema,
  remoteAddress: z.string(),
  userAgent: z.string(),
});
export type Session = z.infer<typeof sessionSchema>;

export const newAccountSchema = z.object({
  email: emailSchema,
  name: nameSchema,
  role: staffRoleSchema,
  password: passwordSchema,
});

export const accountChangeSchema = z
  .object({
    email: emailSchema,
    name: nameSchema,
    role: staffRoleSchema,
    enabled: z.boolean(),
    password: passwordSchema,
  })
  .partial();

export const auditEntrySchema = z.object({
  id: z.number().int(),
  at: instantSchema,
  actor: z.object({
    kind: z.enum(['account', 'system', 'host', 'setup']),
    id: z.string().nullable(),
    name: z.string(),
  }),
  remoteAddress: z.string().nullable(),
  requestId: z.string().nullable(),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
