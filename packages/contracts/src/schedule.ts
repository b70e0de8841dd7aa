import { z } from 'zod';

/** Longest cron expression that is read at all, in characters; anything longer is refused unread. */
export const SCHEDULE_EXPRESSION_LIMIT = 200;

/** Longest name of a time zone, in characters (the longest IANA name today has 32). */
export const TIME_ZONE_NAME_LIMIT = 64;

/**
 * `unix`: five fields from minute to weekday, 0 or 7 = Sunday. `quartz`: six or seven fields from second
 * to weekday and year, `?` for "no condition", 1 = Sunday.
 */
export const scheduleDialectSchema = z.enum(['unix', 'quartz']);

export type ScheduleDialect = z.infer<typeof scheduleDialectSchema>;

/** The shape of a stored schedule. Whether it can be read, and fires at all, is told by `parseSchedule`. */
export const scheduleSchema = z.strictObject({
  expression: z
    .string()
    .min(1, 'Type a cron expression, or set an interval.')
    .max(SCHEDULE_EXPRESSION_LIMIT, `A cron expression has at most ${SCHEDULE_EXPRESSION_LIMIT} characters.`),
  dialect: scheduleDialectSchema,
  timeZone: z
    .string()
    .min(1, 'Choose a time zone.')
    .max(TIME_ZONE_NAME_LIMIT, `The name of a time zone has at most ${TIME_ZONE_NAME_LIMIT} characters.`),
});

export type Schedule = z.infer<typeof scheduleSchema>;
