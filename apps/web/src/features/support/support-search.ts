import { z } from 'zod';

/** Which trackers the list shows, as it stands in the URL. */
export const supportSearchSchema = z.object({
  show: z.enum(['all', 'tests', 'failed', 'logins']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
  /** The tracker whose test URL stands on top. */
  test: z.string().max(20).optional().catch(undefined),
});

export type SupportSearch = z.infer<typeof supportSearchSchema>;
export type TrackersShown = NonNullable<SupportSearch['show']>;
