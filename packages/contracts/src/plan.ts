import { z } from 'zod';
import { instantSchema, publicIdSchema } from './primitives.ts';
import { codedReasonSchema, runCountersSchema } from './run.ts';

export const changeCategorySchema = z.enum(['added', 'modified', 'cleaned-up', 'filtered', 'failed']);
export type ChangeCategory = z.infer<typeof changeCategorySchema>;
/** The filters of the summary bar. `all` is every change; *not modified* and *filtered* are outside it. */
export const reviewCategorySchema = z.enum([
  'all',
  'added',
  'modified',
  'not-modified',
  'cleaned-up',
  'filtered',
  'failed',
  'drifted',
]);
export type ReviewCategory = z.infer<typeof reviewCategorySchema>;

export const changeOperationSchema = z.enum([
  'create',
  'update',
  'enable',
  'disable',
  'delete',
  'anonymize',
  'restore',
  'skip',
]);
export type ChangeOperation = z.infer<typeof changeOperationSchema>;
export const changeSubjectSchema = z.enum(['user', 'group']);
export const changeStateSchema = z.enum(['pending', 'applied', 'drifted', 'none']);

/** What the guard says of a plan. */
export const guardVerdictSchema = z.object({
  outcome: z.enum(['pass', 'hold']),
  reasons: z.array(codedReasonSchema),
});
export type GuardVerdict = z.infer<typeof guardVerdictSchema>;

export const facetKindSchema = z.enum(['attribute', 'group-gained', 'group-lost', 'reason']);
export const facetSchema = z.object({
  facet: facetKindSchema,
  /** What the filter is called with. */
  value: z.string(),
  label: z.string(),
  count: z.number().int(),
});
export type Facet = z.infer<typeof facetSchema>;

export const planSchema = z.object({
  id: publicIdSchema,
  runId: z.number().int(),
  createdAt: instantSchema,
  settingsVersion: z.number().int(),
  /** SHA-256 (hex) over all changes in order. */
  digest: z.string(),
  state: z.enum(['open', 'applying', 'applied', 'discarded', 'replaced', 'purged']),
  totals: z.object({
    counters: runCountersSchema,
    /** All user changes: added + modified + cleaned up + failed. */
    changes: z.number().int(),
    groupChanges: z.number().int(),
    usersRead: z.number().int(),
    usersOnlyInDirectory: z.number().int(),
  }),
  verdict: guardVerdictSchema,
  /** Removing changes that were left out because the read was incomplete. */
  suppressed: z.array(codedReasonSchema),
  facets: z.array(facetSchema),
  /** Whether *Apply exactly this plan* would be taken now, and why not. */
  applicable: z.object({
    possible: z.boolean(),
    reasons: z.array(codedReasonSchema),
    /** Names of the settings that differ from the plan's version. */
    settingsChanged: z.array(z.string()),
    /** Rows whose person or group changed since the plan was made. */
    drifting: z.number().int(),
  }),
});
export type Plan = z.infer<typeof planSchema>;

export const changeRowSchema = z.object({
  /** `c<seq>` for a change, `u<external id>` for a person who is not modified. */
  key: z.string(),
  subject: changeSubjectSchema,
  category: z.enum(['added', 'modified', 'not-modified', 'cleaned-up', 'filtered', 'failed']),
  operation: changeOperationSchema.nullable(),
  state: changeStateSchema,
  externalId: z.string(),
  name: z.string(),
  username: z.string(),
  email: z.string(),
  /** Names of the changed attributes. */
  changed: z.array(z.string()),
  groupsGained: z.number().int(),
  groupsLost: z.number().int(),
  reasonCode: z.string().nullable(),
});
export type ChangeRow = z.infer<typeof changeRowSchema>;

export const attributeChangeSchema = z.object({
  attribute: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  changed: z.boolean(),
  /** The rule that made the value, e.g. "from profile.email"; null where no rule did. */
  rule: z.string().nullable(),
});

export const changeDetailSchema = changeRowSchema.extend({
  reason: codedReasonSchema.nullable(),
  /** The reason in words. */
  explanation: z.string(),
  /** How the person or group was matched, in words. */
  matchedBy: z.string(),
  sourceStatus: z.string().nullable(),
  sourceUpdatedAt: z.string().nullable(),
  attributes: z.array(attributeChangeSchema),
  groups: z.array(
    z.object({ name: z.string(), change: z.enum(['gained', 'lost', 'kept']), reason: z.string() }),
  ),
  groupsKept: z.number().int(),
  /** Directory user or group, when it exists. */
  directoryId: publicIdSchema.nullable(),
});
export type ChangeDetail = z.infer<typeof changeDetailSchema>;
