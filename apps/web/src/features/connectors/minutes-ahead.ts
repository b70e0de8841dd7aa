import { formatRelative, type Instant } from '../../lib/format.ts';

const MINUTE = 60_000;

/** "in 26 min": a run starts on a minute, so seconds would only flicker. */
export function minutesAhead(at: Instant, now: number): string {
  const rest = new Date(at).getTime() - now;
  if (rest < 0) return 'due';
  if (rest < MINUTE) return 'in less than a minute';
  return formatRelative(now + Math.round(rest / MINUTE) * MINUTE, now);
}
