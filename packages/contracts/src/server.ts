import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** A check that the server made of itself when it started. */
export const serverCheckSchema = z.object({
  code: z.enum(['public-url', 'database', 'encryption-key', 'data-directory', 'transport']),
  state: z.enum(['passed', 'warning']),
  label: z.string(),
  fact: z.string(),
});
export type ServerCheck = z.infer<typeof serverCheckSchema>;

export const serverSchema = z.object({
  product: z.literal('Gatehouse'),
  version: z.string(),
  publicUrl: z.string(),
  setUpDone: z.boolean(),
  /** Plain HTTP while bound beyond loopback: the screen shows a red banner. */
  insecureTransport: z.boolean(),
  rehearsalUrl: z.string().nullable(),
  /** Given while set-up is open, and to signed-in staff. */
  checks: z.array(serverCheckSchema),
  startedAt: instantSchema,
});
export type Server = z.infer<typeof serverSchema>;
