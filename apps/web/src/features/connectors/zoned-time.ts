/** A moment on the clock of a schedule's zone. */
export type ZonedMoment = {
  /** "Sat 21 Nov" */
  day: string;
  /** "06:00" */
  time: string;
  /** Calendar days from `now` in that zone: 0 is today. */
  daysAhead: number;
};

const LOCALE = 'en-GB';
const DAY = 86_400_000;

/** @throws RangeError for a zone that this browser does not know */
export function zonedMoments(times: readonly Date[], timeZone: string, now: Date): ZonedMoment[] {
  const format = new Intl.DateTimeFormat(LOCALE, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const numbers = new Intl.DateTimeFormat(LOCALE, {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const dayNumber = (time: Date) => {
    const part = partsOf(numbers, time);
    return Date.UTC(Number(part.year), Number(part.month) - 1, Number(part.day)) / DAY;
  };
  const today = dayNumber(now);
  const thisYear = partsOf(format, now).year;
  return times.map((time) => {
    const part = partsOf(format, time);
    const year = part.year === thisYear ? '' : ` ${part.year}`;
    const month = part.month?.replace('Sept', 'Sep');
    return {
      day: `${part.weekday} ${part.day} ${month}${year}`,
      time: `${part.hour}:${part.minute}`,
      daysAhead: dayNumber(time) - today,
    };
  });
}

/** "Today 06:00, 10:00; tomorrow 02:00; Mon 23 Nov 02:00". */
export function listMoments(moments: readonly ZonedMoment[]): string {
  const days: { name: string; times: string[] }[] = [];
  for (const { day, time, daysAhead } of moments) {
    const name = daysAhead === 0 ? 'today' : daysAhead === 1 ? 'tomorrow' : day;
    const last = days.at(-1);
    if (last?.name === name) last.times.push(time);
    else days.push({ name, times: [time] });
  }
  const text = days.map(({ name, times }) => `${name} ${times.join(', ')}`).join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function partsOf(format: Intl.DateTimeFormat, time: Date): Partial<Record<string, string>> {
  return Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
}
