import { z } from 'zod';
import { instantSchema, publicIdSchema } from './primitives.ts';
import { runSummarySchema } from './run.ts';
import { trackerSummarySchema } from './tracker.ts';

export const setUpStepCodes = [
  'connector-tested',
  'simulation-reviewed',
  'first-sync-done',
  'idp-added',
  'test-login-passed',
  'application-added',
  'redirection-on',
] as const;

export const setUpStepSchema = z.object({
  code: z.enum(setUpStepCodes),
  label: z.string(),
  state: z.enum(['done', 'next', 'open']),
  fact: z.string(),
  at: instantSchema.nullable(),
  /** Path of the screen where it goes on; null when done or not possible yet. */
  continueAt: z.string().nullable(),
});
export type SetUpStep = z.infer<typeof setUpStepSchema>;

export const overviewSchema = z.object({
  now: instantSchema,
  steps: z.array(setUpStepSchema),
  held: runSummarySchema.nullable(),
  heldTotal: z.number().int(),
  health: z.object({
    tokens: z.array(
      z.object({
        connector: z.object({ id: publicIdSchema, name: z.string() }),
        set: z.boolean(),
        updatedAt: instantSchema.nullable(),
        usedAt: instantSchema.nullable(),
        connection: z.enum(['untested', 'connected', 'not-connected']),
      }),
    ),
    lastSync: runSummarySchema.nullable(),
    nextRun: z
      .object({
        connector: z.object({ id: publicIdSchema, name: z.string() }),
        at: instantSchema,
        words: z.string(),
        timeZone: z.string(),
      })
      .nullable(),
    /** Newest login that failed. */
    lastLoginFailure: trackerSummarySchema.nullable(),
    directory: z.object({ users: z.number().int(), activeUsers: z.number().int(), groups: z.number().int() }),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
