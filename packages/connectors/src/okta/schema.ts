import { z } from 'zod';

/**
 * What we use of Okta's records: lenient about cosmetics, strict about identity
 * (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/). Profiles are passed through
 * as they came: checking each of their values would cost more than `JSON.parse`.
 */

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Okta's ids are base62; nothing else may become a part of a path or a key. */
const usableId = /^[\w-]{1,255}$/;
const idSchema = z.string().regex(usableId);
const timeSchema = z.string().nullish().catch(null);

const userSchema = z.object({
  id: idSchema,
  status: z.string().min(1),
  lastUpdated: timeSchema,
  profile: z.custom<Fields>(isFields),
});
export type OktaUser = z.infer<typeof userSchema>;

const groupSchema = z.object({
  id: idSchema,
  type: z.string().min(1),
  lastUpdated: timeSchema,
  profile: z.object({ name: z.string(), description: z.string().nullish().catch(null) }),
  /** From `expand=stats`. */
  _embedded: z
    .object({ stats: z.object({ usersCount: z.int().min(0) }) })
    .nullish()
    .catch(null),
});
export type OktaGroup = z.infer<typeof groupSchema>;

export type ParsedRecord<T> =
  | { readonly kind: 'read'; readonly record: T }
  /** Whose record it is can be told, but not what it says. `field` is the first one that it lacks. */
  | { readonly kind: 'unreadable'; readonly id: string; readonly field: string; readonly label: string }
  | { readonly kind: 'without-id' };

export function parseUser(record: unknown): ParsedRecord<OktaUser> {
  return parse(userSchema, record, 'login');
}

export function parseGroup(record: unknown): ParsedRecord<OktaGroup> {
  return parse(groupSchema, record, 'name');
}

/** The id of a user or group, or null when it cannot be used. */
export function idOf(record: unknown): string | null {
  if (!isFields(record)) return null;
  const { id } = record;
  return typeof id === 'string' && usableId.test(id) ? id : null;
}

/** A text of a record's profile; empty when there is none. */
export function profileText(record: unknown, name: string): string {
  if (!isFields(record) || !isFields(record.profile)) return '';
  const value = record.profile[name];
  return typeof value === 'string' ? value : '';
}

function parse<T>(schema: z.ZodType<T>, record: unknown, labelledBy: string): ParsedRecord<T> {
  const parsed = schema.safeParse(record);
  if (parsed.success) return { kind: 'read', record: parsed.data };
  const id = idOf(record);
  if (id === null) return { kind: 'without-id' };
  const field = String(parsed.error.issues[0]?.path.at(-1) ?? '');
  return { kind: 'unreadable', id, field, label: profileText(record, labelledBy) };
}
