import type { CronExpression } from './cron-expression.ts';
import { readCronExpression } from './cron-expression.ts';
import type { CronFieldName } from './cron-field.ts';

/** A step that does not divide what it steps through: "every 45 minutes" is :00 and :45. */
export interface UnevenStep {
  readonly field: CronFieldName;
  /** At whose end the counting starts anew. */
  readonly cycle: 'hour' | 'day' | 'month' | 'year' | 'week';
  /** What the field names, ascending; weekdays from 0 = Sunday. */
  readonly values: readonly number[];
}

/** The last value of a field, how many there are (none where months differ), and what they make up. */
const CYCLES = [
  ['minute', 59, 60, 'hour'],
  ['hour', 23, 24, 'day'],
  ['dayOfMonth', 31, undefined, 'month'],
  ['month', 12, 12, 'year'],
  ['dayOfWeek', 6, 7, 'week'],
] as const;

const STEP = /^[^,]*\/(\d+)$/;

/** In the order of the fields; empty when all steps are even, or when the expression cannot be read. */
export function unevenSteps(expression: string): readonly UnevenStep[] {
  const read = readCronExpression(expression);
  if ('code' in read) return [];
  return CYCLES.flatMap(([field, last, count, cycle]) => {
    const step = Number(STEP.exec(fieldText(read, field))?.[1] ?? 1);
    const { values } = read.fields[field];
    const runsToTheEnd = (values.at(-1) ?? 0) + step > last;
    const isEven = step === 1 || !runsToTheEnd || values.length * step === count;
    return isEven ? [] : [{ field, cycle, values }];
  });
}

/** The same schedule with the values of uneven steps written out, for words that would say the step. */
export function writeOutUnevenSteps(expression: string): string {
  const steps = unevenSteps(expression);
  const read = readCronExpression(expression);
  if ('code' in read || steps.length === 0) return expression;
  const texts = read.text.split(' ');
  for (const { field, values } of steps) {
    const first = field === 'dayOfWeek' && read.dialect === 'quartz' ? 1 : 0;
    texts[fieldIndex(read, field)] = values.map((value) => value + first).join(',');
  }
  return texts.join(' ');
}

function fieldText(read: CronExpression, field: CronFieldName): string {
  return read.text.split(' ')[fieldIndex(read, field)] ?? '';
}

function fieldIndex({ dialect }: CronExpression, field: CronFieldName): number {
  const inUnix = CYCLES.findIndex(([name]) => name === field);
  return dialect === 'unix' ? inUnix : inUnix + 1;
}
