import { useEffect, useState } from 'react';
import { formatDateTime, formatRelative, type Instant } from '../../lib/format.ts';

const TICK = 15_000;

/** The time now, told anew every so often while the component stands (default 15 s). */
export function useNow(every: number = TICK): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

type TimeProps = {
  instant: Instant;
  /** Which is shown; the other one is in the title. `both`: "16 Nov, 09:12, 3 days ago". */
  show?: 'exact' | 'relative' | 'both';
};

/** A point in time, exact and relative. */
export function RelativeTime({ instant, show = 'exact' }: TimeProps) {
  // What came in after the last tick did not happen in the future.
  const now = Math.max(useNow(), Date.now());
  const exact = formatDateTime(instant, now);
  const relative = formatRelative(instant, now);
  const text = { exact, relative, both: `${exact}, ${relative}` }[show];
  return (
    <time dateTime={new Date(instant).toISOString()} title={show === 'exact' ? relative : exact}>
      {text}
    </time>
  );
}
