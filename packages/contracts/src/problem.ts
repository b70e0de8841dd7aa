import { z } from 'zod';
import { type ErrorCode, errorCodes } from './error-codes.ts';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** One field that needs another value. `field` is a path such as `schedule.expression`. */
export const fieldProblemSchema = z.object({ field: z.string(), detail: z.string() });

/** RFC 9457 problem details, `application/problem+json`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(codes),
  detail: z.string(),
  /** The field that the problem belongs to, when there is exactly one. */
  field: z.string().optional(),
  fields: z.array(fieldProblemSchema).optional(),
  requestId: z.string().optional(),
  /** Facts of the code, e.g. `{retryAfterSeconds: 30}` or `{runId: 12}`. */
  facts: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
export type FieldProblem = z.infer<typeof fieldProblemSchema>;
