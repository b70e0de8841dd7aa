import { z } from 'zod';

/** Collections that a fault can be limited to. */
export const COLLECTIONS = ['users', 'groups', 'members'] as const;
export type Collection = (typeof COLLECTIONS)[number];

const collection = z.enum(COLLECTIONS);
const anyCollection = z.enum(['any', ...COLLECTIONS]).default('any');
const page = z.int().min(1).max(1_000_000);
/** How often it strikes; null is for good. */
const once = z.int().min(1).max(1_000_000).nullable().default(1);
const forGood = z.int().min(1).max(1_000_000).nullable().default(null);
/** Matching calls that go unharmed first. */
const skip = z.int().min(0).max(1_000_000).default(0);
/** Strikes only calls that ask for more rows than this: a smaller page then gets through. */
const limitAbove = z.int().min(0).max(10_000).default(0);
const groupId = z.string().min(1).max(100).nullable().default(null);
const pageFault = { collection, page: page.default(1), groupId, skip, limitAbove };

/** What can be asked for. Every field but `kind`, and `collection` where a page is meant, has a default. */
export const faultInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rate-limit-storm'),
    collection: anyCollection,
    /** 429 for so many calls… */
    calls: z.int().min(1).max(1_000_000).optional(),
    /** …or for so long; five calls when neither is given. */
    seconds: z.number().positive().max(86_400).optional(),
    /** What the reset header promises during a storm of calls. */
    resetSeconds: z.int().min(0).max(3600).default(1),
    skip,
  }),
  z.strictObject({ kind: z.literal('server-error'), ...pageFault, times: once }),
  z.strictObject({ kind: z.literal('stall'), ...pageFault, times: once }),
  z.strictObject({ kind: z.literal('truncate'), ...pageFault, times: once }),
  z.strictObject({ kind: z.literal('repeat-cursor'), ...pageFault, page: page.default(2), times: forGood }),
  z.strictObject({ kind: z.literal('empty-list'), ...pageFault, times: forGood }),
  z.strictObject({ kind: z.literal('expired-token'), collection: anyCollection, skip, times: forGood }),
  z.strictObject({
    kind: z.literal('narrowed-owner'),
    /** The part of the people that the token's owner still sees, at most. */
    share: z.number().min(0).max(1).default(0.2),
    skip,
    times: forGood,
  }),
  z.strictObject({
    kind: z.literal('slow'),
    collection: anyCollection,
    milliseconds: z.int().min(1).max(600_000).default(1000),
    skip,
    times: forGood,
  }),
  z.strictObject({ kind: z.literal('html'), collection: anyCollection, skip, times: forGood }),
  z.strictObject({ kind: z.literal('hide-group'), groupId, skip, times: forGood }),
]);

export type FaultInput = z.input<typeof faultInputSchema>;
export type FaultKind = FaultInput['kind'];

export const FAULT_KINDS: readonly FaultKind[] = [
  'rate-limit-storm',
  'server-error',
  'stall',
  'truncate',
  'repeat-cursor',
  'empty-list',
  'expired-token',
  'narrowed-owner',
  'slow',
  'html',
  'hide-group',
];
