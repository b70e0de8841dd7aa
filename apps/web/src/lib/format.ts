/** Everything that turns numbers and times into words. Times are shown in the browser's zone. */

const LOCALE = 'en-GB';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Instant = string | number | Date;

const grouping = new Intl.NumberFormat('en-US');
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const dayOfYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const dayWithYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** 97639 → "97,639". */
export function formatCount(value: number): string {
  return grouping.format(value);
}

/** "1 user", "688 users"; an irregular plural is given. */
export function formatNoun(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}

/** "7,877 users" or "1 user", by the plural that a list is called with. */
export function formatRows(value: number, plural: string): string {
  return formatNoun(value, plural.replace(/ies$/, 'y').replace(/s$/, ''), plural);
}

/** "02:14". */
export function formatTime(instant: Instant): string {
  return clock.format(new Date(instant));
}

/** "02:15:08". */
export function formatExactTime(instant: Instant): string {
  return clockWithSeconds.format(new Date(instant));
}

/** "16 Nov", with the year when it is another one than now's. */
export function formatDay(instant: Instant, now: Instant = Date.now()): string {
  const date = new Date(instant);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayOfYear : dayWithYear).format(date).replace('Sept', 'Sep');
}

/** "Saturday 21 November 2026". */
export function formatLongDay(instant: Instant): string {
  return longDay.format(new Date(instant)).replace(',', '');
}

/** "today 02:00", "yesterday 22:00", "16 Nov, 09:12". */
export function formatDateTime(instant: Instant, now: Instant = Date.now()): string {
  const days = calendarDaysBetween(new Date(instant), new Date(now));
  if (days === 0) return `today ${formatTime(instant)}`;
  if (days === 1) return `yesterday ${formatTime(instant)}`;
  if (days === -1) return `tomorrow ${formatTime(instant)}`;
  return `${formatDay(instant, now)}, ${formatTime(instant)}`;
}

function calendarDaysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / DAY);
}

/** "3 minutes ago", "in 3 h 46 min", "a moment ago". */
export function formatRelative(instant: Instant, now: Instant = Date.now()): string {
  const difference = new Date(instant).getTime() - new Date(now).getTime();
  if (difference > 0) return difference < SECOND ? 'now' : `in ${formatDuration(difference)}`;
  const age = -difference;
  if (age < 10 * SECOND) return 'a moment ago';
  if (age < MINUTE) return `${Math.floor(age / SECOND)} seconds ago`;
  if (age < HOUR) return `${formatNoun(Math.floor(age / MINUTE), 'minute')} ago`;
  if (age < DAY) return `${formatNoun(Math.floor(age / HOUR), 'hour')} ago`;
  return `${formatNoun(Math.floor(age / DAY), 'day')} ago`;
}

/** Milliseconds as "< 1 ms", "61 ms", "1.2 s", "31 s", "4 min 11 s", "3 h 46 min", "2 days 4 h". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return '< 1 ms';
  if (milliseconds < SECOND) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10 * SECOND) return `${trimZero((milliseconds / SECOND).toFixed(1))} s`;
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return joinUnits(milliseconds, [MINUTE, 'min'], [SECOND, 's']);
  if (milliseconds < DAY) return joinUnits(milliseconds, [HOUR, 'h'], [MINUTE, 'min']);
  const days = Math.floor(milliseconds / DAY);
  return joinUnits(milliseconds, [DAY, days === 1 ? 'day' : 'days'], [HOUR, 'h']);
}

type Unit = [milliseconds: number, name: string];

function joinUnits(milliseconds: number, [big, bigName]: Unit, [small, smallName]: Unit): string {
  const whole = Math.floor(milliseconds / big);
  const rest = Math.floor((milliseconds % big) / small);
  const padded = smallName === 'h' ? String(rest) : String(rest).padStart(2, '0');
  return rest === 0 ? `${whole} ${bigName}` : `${whole} ${bigName} ${padded} ${smallName}`;
}

function trimZero(text: string): string {
  return text.replace(/\.0$/, '');
}

/** The zone of this browser, e.g. "Europe/Berlin". */
export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** "Berlin" from "Europe/Berlin". */
export function timeZoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** "PR" from "Priya Raman". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}
