import { z } from 'zod';

/** Random public id: 16 bytes, base64url. */
export const publicIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'not an id of this server');
/** Number of a run, as shown: #149. */
export const runIdSchema = z.coerce.number().int().min(1).max(2_147_483_647);
/** ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime({ precision: 3 });

/** A window of a long list: `offset` rows are skipped, at most `limit` come. */
export const windowQuery = {
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
};
export const searchQuery = { search: z.string().trim().max(200).optional() };

/** A name that people give to a thing: 1 to 100 characters, no line breaks or control characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(100, 'A name has at most 100 characters.')
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'A name has no line breaks or control characters.');

export const emailSchema = z
  .string()
  .trim()
  .max(254, 'An e-mail address has at most 254 characters.')
  .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'Enter an e-mail address such as you@company.example.');

/** Checked further on the server (common ones are refused). */
export const passwordSchema = z
  .string()
  .min(12, 'A password has at least 12 characters.')
  .max(128, 'A password has at most 128 characters.');

/** A page of a list with the number of all rows that match. */
export function windowOf<T extends z.ZodType>(item: T) {
  return z.object({ total: z.number().int(), offset: z.number().int(), items: z.array(item) });
}
