import { z } from 'zod';

/** The filter of the audit list, as it stands in the URL. */
export const auditSearchSchema = z.object({
  search: z.string().optional().catch(undefined),
  action: z.string().optional().catch(undefined),
  /** First and last day, `YYYY-MM-DD` in the zone of this browser. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});

export type AuditSearch = z.infer<typeof auditSearchSchema>;
