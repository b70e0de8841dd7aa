import type { ScheduleDialect } from '@gatehouse/contracts/schedule';
import type { CronField, CronFieldName, CronFieldRefusal } from './cron-field.ts';
import { readCronField } from './cron-field.ts';

export type CronFields = Readonly<Record<CronFieldName, CronField>>;

export interface CronExpression {
  readonly dialect: ScheduleDialect;
  /** As typed, with single spaces; a nickname such as `@daily` is written out. */
  readonly text: string;
  readonly fields: CronFields;
  /** The same meaning in the words of the evaluator. */
  readonly pattern: string;
}

export interface CronExpressionRefusal {
  readonly code: CronFieldRefusal['code'] | 'field-count';
  readonly detail: string;
}

const UNIX_FIELDS = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const;
const QUARTZ_FIELDS = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek', 'year'] as const;

const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Five fields are Unix, six or seven are Quartz. The caller has capped the length. */
export function readCronExpression(typed: string): CronExpression | CronExpressionRefusal {
  const trimmed = typed.trim();
  const text = Object.hasOwn(NICKNAMES, trimmed.toLowerCase()) ? NICKNAMES[trimmed.toLowerCase()] : trimmed;
  const parts = (text ?? trimmed).split(/\s+/);
  if (parts.length < 5 || parts.length > 7) return refuseCount(trimmed, parts.length);

  const dialect = parts.length === 5 ? 'unix' : 'quartz';
  const names: readonly CronFieldName[] = dialect === 'unix' ? UNIX_FIELDS : QUARTZ_FIELDS;
  const fields: Record<CronFieldName, CronField> = { ...implied };
  for (const [index, part] of parts.entries()) {
    const name = names[index];
    if (name === undefined) continue;
    const field = readCronField(part, name, dialect);
    if ('code' in field) return field;
    fields[name] = field;
  }
  const pattern = names.slice(0, parts.length).map((name) => fields[name].pattern);
  return { dialect, text: parts.join(' '), fields, pattern: pattern.join(' ') };
}

const any: CronField = { isAny: true, isPlain: true, values: [], pattern: '*' };

/** What the fields that are not written mean: second 0, any year. */
const implied: CronFields = {
  second: { isAny: false, isPlain: true, values: [0], pattern: '0' },
  minute: any,
  hour: any,
  dayOfMonth: any,
  month: any,
  dayOfWeek: any,
  year: any,
};

function refuseCount(trimmed: string, count: number): CronExpressionRefusal {
  const seen = trimmed.startsWith('@')
    ? `“${trimmed.slice(0, 20)}” is no schedule.`
    : `This has ${count} ${count === 1 ? 'field' : 'fields'}.`;
  const wanted = 'Write five (minute, hour, day of month, month, day of week), or six or seven as in Quartz.';
  return { code: 'field-count', detail: `${seen} ${wanted}` };
}
