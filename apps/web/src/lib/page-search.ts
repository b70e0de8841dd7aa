import { z } from 'zod';

/** The page of a list, as it stands in the URL. */
export const pageSearchSchema = z.object({
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

/** The field that a link leads to, as it stands in the URL. */
export const fieldSearchSchema = z.object({ field: z.string().max(60).optional().catch(undefined) });
