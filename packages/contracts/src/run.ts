import { z } from 'zod';
import { instantSchema, publicIdSchema } from './primitives.ts';

export const runScopeSchema = z.enum(['full', 'incremental', 'single-user']);
export const runIntentSchema = z.enum(['simulate', 'apply']);
export const runTriggerSchema = z.enum(['manual', 'scheduled', 'login', 'product']);
export const runOriginSchema = z.enum(['source', 'plan', 'undo']);

export const activeRunStates = ['queued', 'reading', 'planning', 'applying'] as const;
export const finalRunStates = [
  'done',
  'failed',
  'cancelled',
  'interrupted',
  'discarded',
  'replaced',
] as const;
/** `held` waits for a person: not active, not over. */
export const runStateSchema = z.enum([...activeRunStates, 'held', ...finalRunStates]);
export type RunState = z.infer<typeof runStateSchema>;

/** Why a run is in its state: a stable code and the facts that its words need (see run-words.ts). */
export const codedReasonSchema = z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()) });
export type CodedReason = z.infer<typeof codedReasonSchema>;

/** Numbers of people; groups and memberships are counted apart. */
export const runCountersSchema = z.object({
  added: z.number().int(),
  modified: z.number().int(),
  notModified: z.number().int(),
  cleanedUp: z.number().int(),
  filtered: z.number().int(),
  held: z.number().int(),
  drifted: z.number().int(),
  failed: z.number().int(),
  groupsAdded: z.number().int(),
  groupsModified: z.number().int(),
  groupsCleanedUp: z.number().int(),
  groupsFailed: z.number().int(),
  membershipsGained: z.number().int(),
  membershipsLost: z.number().int(),
});
export type RunCounters = z.infer<typeof runCountersSchema>;

/** Nothing counted yet. */
export const noCounters: RunCounters = {
  added: 0,
  modified: 0,
  notModified: 0,
  cleanedUp: 0,
  filtered: 0,
  held: 0,
  drifted: 0,
  failed: 0,
  groupsAdded: 0,
  groupsModified: 0,
  groupsCleanedUp: 0,
  groupsFailed: 0,
  membershipsGained: 0,
  membershipsLost: 0,
};

export const runSummarySchema = z.object({
  id: z.number().int(),
  connector: z.object({ id: publicIdSchema, name: z.string() }),
  scope: runScopeSchema,
  intent: runIntentSchema,
  origin: z.object({ kind: runOriginSchema, runId: z.number().int().nullable() }),
  trigger: runTriggerSchema,
  startedBy: z.string(),
  state: runStateSchema,
  reason: codedReasonSchema.nullable(),
  counters: runCountersSchema.nullable(),
  queuedAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  reviewed: z.object({ at: instantSchema, by: z.string() }).nullable(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

const collectionProgressSchema = z.object({
  pages: z.number().int(),
  /** Estimated from the last run or the source's own counts; null when nothing is known. */
  pagesExpected: z.number().int().nullable(),
  read: z.number().int(),
  lastRun: z.number().int().nullable(),
  finished: z.boolean(),
});

export const runProgressSchema = z.object({
  users: collectionProgressSchema,
  groups: collectionProgressSchema,
  members: collectionProgressSchema,
  calls: z.number().int(),
  callsExpected: z.number().int().nullable(),
  retries: z.number().int(),
  /** Set while a bucket waits for the source's rate limit or a retry. */
  waiting: z
    .object({ bucket: z.string(), until: instantSchema, reason: z.enum(['rate-limit', 'retry']) })
    .nullable(),
  rateLimits: z.array(
    z.object({
      bucket: z.string(),
      label: z.string(),
      limit: z.number().int(),
      used: z.number().int(),
      freeAt: instantSchema.nullable(),
    }),
  ),
  planned: z.number().int(),
  planExpected: z.number().int().nullable(),
  applied: z.number().int(),
  applyExpected: z.number().int().nullable(),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

export const runStepSchema = z.object({
  seq: z.number().int(),
  at: instantSchema,
  level: z.enum(['info', 'passed', 'waiting', 'warning', 'failed']),
  code: z.string(),
  facts: z.record(z.string(), z.unknown()),
});
export type RunStep = z.infer<typeof runStepSchema>;

export const runSchema = runSummarySchema.extend({
  settingsVersion: z.number().int(),
  planId: publicIdSchema.nullable(),
  progress: runProgressSchema.nullable(),
  /** The newest 200 entries of the diary, newest first. */
  steps: z.array(runStepSchema),
  stepsTotal: z.number().int(),
  cancelRequested: z.boolean(),
  /** The run that applied this run's plan, or that replaced it. */
  followedBy: z.number().int().nullable(),
});
export type Run = z.infer<typeof runSchema>;
