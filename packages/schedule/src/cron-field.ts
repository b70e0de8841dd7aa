import type { ScheduleDialect } from '@gatehouse/contracts/schedule';

export type CronFieldName = 'second' | 'minute' | 'hour' | 'dayOfMonth' | 'month' | 'dayOfWeek' | 'year';

/** What one field of an expression says. */
export interface CronField {
  /** Written `*`, `?` or with a step of 1: no condition. Then a day field leaves the choice to the other one. */
  readonly isAny: boolean;
  /** False where `L`, `W` or `#` make the days depend on the month; `values` is then empty. */
  readonly isPlain: boolean;
  /** The values it names, ascending; weekdays from 0 = Sunday to 6, in both dialects. */
  readonly values: readonly number[];
  /** The same meaning in the words of the evaluator. */
  readonly pattern: string;
}

export interface CronFieldRefusal {
  readonly code: 'field-syntax' | 'field-range';
  readonly detail: string;
}

interface FieldRule {
  readonly name: CronFieldName;
  readonly label: string;
  readonly dialect: ScheduleDialect;
  readonly min: number;
  readonly max: number;
  /** Steps up to here; longer ones would only ever meet the first value. */
  readonly maxStep: number;
  /** The last value that `*` means, where another way to write the first one follows it. */
  readonly last: number;
  /** What may stand for a number; the first name stands for `min`. */
  readonly names: readonly string[];
}

/** One element of the list that a field is. */
interface Item {
  /** Undefined for `L`, `W` and `#`. */
  readonly values: readonly number[] | undefined;
  readonly pattern: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Label, first and last value. Years as in Quartz's CronExpression, which ends in 2099. */
const BOUNDS: Readonly<Record<CronFieldName, readonly [label: string, min: number, max: number]>> = {
  second: ['second', 0, 59],
  minute: ['minute', 0, 59],
  hour: ['hour', 0, 23],
  dayOfMonth: ['day-of-month', 1, 31],
  month: ['month', 1, 12],
  dayOfWeek: ['day-of-week', 0, 7],
  year: ['year', 1970, 2099],
};

const RANGE = /^(?:(?<star>\*)|(?<from>\d+|[a-z]{3})(?:-(?<to>\d+|[a-z]{3}))?)?(?:\/(?<step>\d+))?$/i;
const NEAREST_WEEKDAY = /^(?<day>\d+|l)w$/i;
const WEEKDAY_OF_MONTH = /^(?<day>\d|[a-z]{3})(?:l|#(?<nth>\d+))$/i;

/** Reads one field. Each item is judged by its shape and its bounds before it is ever counted through. */
export function readCronField(
  text: string,
  name: CronFieldName,
  dialect: ScheduleDialect,
): CronField | CronFieldRefusal {
  const rule = ruleOf(name, dialect);
  if (text === '?') {
    const refusal = refuseQuestionMark(rule);
    if (refusal !== undefined) return refusal;
  }
  if (text === '*' || text === '?' || text === '*/1') {
    return {
      isAny: true,
      isPlain: true,
      values: calendarValues(span(rule.min, rule.last, 1), rule),
      pattern: '*',
    };
  }

  const texts = text.split(',');
  const items: Item[] = [];
  for (const itemText of texts) {
    const item = readItem(itemText, rule, texts.length > 1);
    if ('code' in item) return item;
    items.push(item);
  }
  const isPlain = items.every((item) => item.values !== undefined);
  return {
    isAny: false,
    isPlain,
    values: isPlain
      ? calendarValues(
          items.flatMap((item) => item.values ?? []),
          rule,
        )
      : [],
    pattern: items.map((item) => item.pattern).join(','),
  };
}

function ruleOf(name: CronFieldName, dialect: ScheduleDialect): FieldRule {
  const [label, min, max] = BOUNDS[name];
  const isWeekday = name === 'dayOfWeek';
  return {
    name,
    label,
    dialect,
    min: isWeekday && dialect === 'quartz' ? 1 : min,
    max,
    maxStep: name === 'year' ? max - min : max,
    last: isWeekday && dialect === 'unix' ? 6 : max,
    names: isWeekday ? WEEKDAYS : name === 'month' ? MONTHS : [],
  };
}

function readItem(text: string, rule: FieldRule, isInList: boolean): Item | CronFieldRefusal {
  if (text === '*') {
    return {
      code: 'field-syntax',
      detail: `“*” in a list of the ${rule.label} field means every value. Write * alone.`,
    };
  }
  const range = RANGE.exec(text)?.groups;
  if (range !== undefined && text !== '') return readRange(text, range, rule);
  if (rule.name === 'dayOfMonth') return readSpecialDay(text, rule, isInList);
  if (rule.name === 'dayOfWeek') return readSpecialWeekday(text, rule, isInList);
  return refuseSyntax(text, rule);
}

function readRange(
  text: string,
  parts: Readonly<Record<string, string | undefined>>,
  rule: FieldRule,
): Item | CronFieldRefusal {
  const step = Number(parts.step ?? 1);
  if (step < 1 || step > rule.maxStep) return refuseStep(text, rule);
  if (parts.from === undefined) return readWholeRange(text, parts.star !== undefined, step, rule);

  const from = numberOf(parts.from, rule);
  const to = parts.to === undefined ? undefined : numberOf(parts.to, rule);
  if (from === undefined || (parts.to !== undefined && to === undefined)) return refuseRange(text, rule);
  if (to === undefined && parts.step === undefined) return { values: [from], pattern: text };
  if (to === undefined && rule.dialect === 'unix') {
    return {
      code: 'field-syntax',
      detail: `“${text}” starts at ${from} and steps on. Write ${from}-${rule.last}/${step} instead.`,
    };
  }
  return readBoundedRange({ text, from, to: to ?? rule.max, step }, rule);
}

/** `*` with a step and, in Quartz, `/5`. */
function readWholeRange(
  text: string,
  hasStar: boolean,
  step: number,
  rule: FieldRule,
): Item | CronFieldRefusal {
  if (!hasStar && rule.dialect === 'unix') {
    return { code: 'field-syntax', detail: `“${text}” has no start. Write *${text} instead.` };
  }
  const values = span(rule.min, rule.last, step);
  return { values, pattern: rule.name === 'year' ? values.join(',') : text };
}

function readBoundedRange(
  range: { text: string; from: number; to: number; step: number },
  rule: FieldRule,
): Item | CronFieldRefusal {
  const { text, from, to, step } = range;
  // FRI-SUN: in Unix numbers Sunday is 7 where it ends a range. The evaluator reads the name in this way.
  if (rule.name === 'dayOfWeek' && rule.dialect === 'unix' && to === 0 && /-sun/i.test(text)) {
    return { values: span(from, 7, step), pattern: text };
  }
  if (from <= to) {
    // The evaluator counts year steps from the year 0 and up to 9999.
    const values = span(from, to, step);
    return { values, pattern: rule.name === 'year' ? values.join(',') : text };
  }
  if (rule.dialect === 'unix' || rule.name === 'year') {
    const split = `${from}-${rule.last},${rule.min}-${to}`;
    return {
      code: 'field-range',
      detail: `“${text}” in the ${rule.label} field goes backwards. Write ${rule.name === 'year' ? `${to}-${from}` : split} instead.`,
    };
  }
  // Quartz lets a range run over the end (FRI-MON, 22-2); the evaluator does not.
  const length = rule.max - rule.min + 1;
  const values = span(from, to + length, step).map((value) => (value > rule.max ? value - length : value));
  return { values, pattern: values.join(',') };
}

/** `L` (last day), `LW` (last working day), `15W` (working day nearest the 15th). */
function readSpecialDay(text: string, rule: FieldRule, isInList: boolean): Item | CronFieldRefusal {
  if (/^l$/i.test(text)) return { values: undefined, pattern: text };
  const day = NEAREST_WEEKDAY.exec(text)?.groups?.day;
  if (day === undefined) return refuseSyntax(text, rule);
  if (isInList) {
    return {
      code: 'field-syntax',
      detail: `“${text}” cannot stand in a list. Make it the only day of month.`,
    };
  }
  if (/^l$/i.test(day)) return { values: undefined, pattern: text };
  return numberOf(day, rule) === undefined ? refuseRange(text, rule) : { values: undefined, pattern: text };
}

/** `FRIL` or `5L` (the last one of the month), `MON#2` (the second one); in Quartz a bare `L` is Saturday. */
function readSpecialWeekday(text: string, rule: FieldRule, isInList: boolean): Item | CronFieldRefusal {
  if (/^l$/i.test(text) && rule.dialect === 'quartz') {
    if (!isInList) return { values: [7], pattern: '7' };
    return { code: 'field-syntax', detail: `“${text}” cannot stand in a list. For Saturday, write SAT.` };
  }
  const parts = WEEKDAY_OF_MONTH.exec(text)?.groups;
  if (parts === undefined) return refuseSyntax(text, rule);
  if (numberOf(parts.day ?? '', rule) === undefined) return refuseRange(text, rule);
  const nth = Number(parts.nth ?? 1);
  if (nth < 1 || nth > 5) {
    return {
      code: 'field-range',
      detail: `“${text}” asks for weekday number ${nth} of a month. There are 1 to 5.`,
    };
  }
  return { values: undefined, pattern: text };
}

/** The number that stands there or that a name stands for; undefined when it is out of bounds or no name. */
function numberOf(text: string, rule: FieldRule): number | undefined {
  const index = rule.names.indexOf(text.toLowerCase());
  if (index !== -1) return rule.min + index;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= rule.min && value <= rule.max ? value : undefined;
}

function span(from: number, to: number, step: number): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function calendarValues(values: readonly number[], rule: FieldRule): number[] {
  const calendar = values.map((value) => (rule.name === 'dayOfWeek' ? (value - rule.min) % 7 : value));
  return [...new Set(calendar)].sort((left, right) => left - right);
}

function refuseQuestionMark(rule: FieldRule): CronFieldRefusal | undefined {
  if (rule.dialect === 'unix') {
    return {
      code: 'field-syntax',
      detail: '“?” belongs to six or seven fields (Quartz). With five fields, write *.',
    };
  }
  if (rule.name === 'dayOfMonth' || rule.name === 'dayOfWeek') return undefined;
  return {
    code: 'field-syntax',
    detail: `“?” stands in the ${rule.label} field. The order is second, minute, hour, day of month, month, day of week.`,
  };
}

function refuseSyntax(text: string, rule: FieldRule): CronFieldRefusal {
  const seen =
    text === ''
      ? `The ${rule.label} field has an empty place`
      : `“${text}” means nothing in the ${rule.label} field`;
  const names =
    rule.names.length > 0
      ? ` or names ${rule.names[0]?.toUpperCase()} to ${rule.names.at(-1)?.toUpperCase()}`
      : '';
  return {
    code: 'field-syntax',
    detail: `${seen}. Write numbers from ${rule.min} to ${rule.max}${names}, or *.`,
  };
}

function refuseRange(text: string, rule: FieldRule): CronFieldRefusal {
  if (/[a-z]{3}/i.test(text)) return refuseSyntax(text, rule);
  return {
    code: 'field-range',
    detail: `The ${rule.label} field says ${text}. It goes from ${rule.min} to ${rule.max}.`,
  };
}

function refuseStep(text: string, rule: FieldRule): CronFieldRefusal {
  const steps = `Steps in the ${rule.label} field go from 1 to ${rule.maxStep}`;
  const reason =
    rule.name === 'minute' || rule.name === 'hour' ? ', because cron starts anew each hour and day' : '';
  return { code: 'field-range', detail: `“${text}” does not work. ${steps}${reason}.` };
}
