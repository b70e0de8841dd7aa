import type { OktaSettings } from '@gatehouse/contracts/okta-connector';
import { nextRun } from '@gatehouse/schedule/next-runs';

/** When a connector's schedule wants its next run after `now` (milliseconds since 1970); null = never. */
export function nextRunAfter(settings: OktaSettings, now: number): number | null {
  const { enabled, value } = settings.schedule;
  if (!enabled || value === null) return null;
  return nextRun(value, new Date(now))?.getTime() ?? null;
}
