import type { Schedule, ScheduleDialect } from '@gatehouse/contracts/schedule';
import { SCHEDULE_EXPRESSION_LIMIT } from '@gatehouse/contracts/schedule';
import { cronEvaluator } from './cron-evaluator.ts';
import type { CronExpression } from './cron-expression.ts';
import { readCronExpression } from './cron-expression.ts';
import { knownTimeZone } from './time-zones.ts';

export type ScheduleRefusalCode =
  | 'empty'
  | 'too-long'
  | 'field-count'
  | 'field-syntax'
  | 'field-range'
  | 'dialect-differs'
  | 'days-conflict'
  | 'too-often'
  | 'never-fires'
  | 'time-zone-unknown';

export interface ScheduleRefusal {
  readonly ok: false;
  readonly code: ScheduleRefusalCode;
  /** The part of the schedule that needs another value. */
  readonly field: 'expression' | 'timeZone';
  /** For people: what was seen and what to write instead. */
  readonly detail: string;
}

export interface ParsedSchedule {
  readonly ok: true;
  /** To store: single spaces, nicknames written out, the zone as it is spelled officially. */
  readonly schedule: Schedule;
}

export interface ScheduleInput {
  readonly expression: string;
  readonly timeZone: string;
  /** Where it is known already; otherwise the number of fields tells. */
  readonly dialect?: ScheduleDialect;
}

/**
 * Everything that a typed schedule must pass before it is stored or evaluated. The length is capped before
 * anything is read, and no number is counted up to before it is within its bounds, so that no input is slow.
 * `now` decides what still fires.
 */
export function parseSchedule(input: ScheduleInput, now: Date): ParsedSchedule | ScheduleRefusal {
  if (input.expression.length > SCHEDULE_EXPRESSION_LIMIT) {
    const length = `This has ${input.expression.length} characters`;
    return refuse('too-long', `${length}. A cron expression has at most ${SCHEDULE_EXPRESSION_LIMIT}.`);
  }
  if (input.expression.trim() === '') {
    return refuse('empty', 'Type a cron expression such as 0 */4 * * *, or set an interval.');
  }
  const timeZone = knownTimeZone(input.timeZone);
  if (timeZone === undefined) return refuseTimeZone(input.timeZone);

  const expression = readCronExpression(input.expression);
  if ('code' in expression) return refuse(expression.code, expression.detail);
  if (input.dialect !== undefined && input.dialect !== expression.dialect) {
    return refuseDialect(expression.dialect);
  }
  const refusal =
    refuseDays(expression) ?? refuseSeconds(expression) ?? refuseSilence(expression, timeZone, now);
  if (refusal !== undefined) return refusal;
  return { ok: true, schedule: { expression: expression.text, dialect: expression.dialect, timeZone } };
}

function refuse(code: ScheduleRefusalCode, detail: string): ScheduleRefusal {
  return { ok: false, code, field: 'expression', detail };
}

function refuseTimeZone(timeZone: string): ScheduleRefusal {
  const seen =
    timeZone === '' ? 'No time zone is chosen.' : `“${timeZone.slice(0, 64)}” is no known time zone.`;
  return {
    ok: false,
    code: 'time-zone-unknown',
    field: 'timeZone',
    detail: `${seen} Choose one by its name, such as Europe/Berlin.`,
  };
}

function refuseDialect(seen: ScheduleDialect): ScheduleRefusal {
  const detail =
    seen === 'unix'
      ? 'This has five fields. A Quartz expression has six or seven and starts with the second.'
      : 'This has more than five fields. A Unix expression has five and starts with the minute.';
  return refuse('dialect-differs', detail);
}

/** Quartz knows no "the 1st or a Monday"; what the author meant cannot be told. */
function refuseDays({ dialect, fields }: CronExpression): ScheduleRefusal | undefined {
  if (dialect === 'unix' || fields.dayOfMonth.isAny || fields.dayOfWeek.isAny) return undefined;
  return refuse(
    'days-conflict',
    'Quartz takes a day of month or a day of week, not both. Write ? in one of them.',
  );
}

function refuseSeconds({ fields }: CronExpression): ScheduleRefusal | undefined {
  const times = fields.second.values.length;
  if (times === 1) return undefined;
  return refuse(
    'too-often',
    `This would run ${times} times a minute. Once a minute is the most: write one number, such as 0, as the second.`,
  );
}

function refuseSilence(expression: CronExpression, timeZone: string, now: Date): ScheduleRefusal | undefined {
  try {
    if (cronEvaluator(expression, timeZone).nextRun(now) !== null) return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return refuse('field-syntax', `This cannot be read: ${reason}`);
  }
  const years = expression.fields.year;
  const isOver = !years.isAny && (years.values.at(-1) ?? 0) < now.getUTCFullYear();
  return refuse(
    'never-fires',
    isOver
      ? `This never runs again: its last year is ${years.values.at(-1)}.`
      : 'This never runs: no date has such a day. Look at day of month, month, day of week and year.',
  );
}
