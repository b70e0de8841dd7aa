import { TIME_ZONE_NAME_LIMIT } from '@gatehouse/contracts/schedule';

export interface OfferedTimeZone {
  /** IANA name. */
  readonly timeZone: string;
  /** "Europe/Berlin (UTC+1)", with the offset at the given time. */
  readonly label: string;
  readonly offsetMinutes: number;
}

/** An IANA name; bare offsets such as +01:00 are none, since they would not follow daylight saving time. */
const NAME = /^[a-z][a-z0-9_+-]*(?:\/[a-z0-9_+-]+){0,2}$/i;

/**
 * The name spelled as this runtime spells it, or undefined when it does not know the zone. Old names
 * (Asia/Calcutta) stay what they are.
 */
export function knownTimeZone(name: string): string | undefined {
  if (name.length > TIME_ZONE_NAME_LIMIT || !NAME.test(name)) return undefined;
  try {
    const resolved = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return resolved.toLowerCase() === name.toLowerCase() ? resolved : name;
  } catch {
    return undefined; // RangeError is how Intl says that it knows no such zone
  }
}

/** All zones of this runtime by name, UTC first, for a list to choose from. Takes some tens of milliseconds. */
export function offeredTimeZones(at: Date): readonly OfferedTimeZone[] {
  const names = Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC');
  return ['UTC', ...names].map((timeZone) => {
    const offsetMinutes = zoneOffset(timeZone, at);
    return { timeZone, label: `${timeZone} (${offsetLabel(offsetMinutes)})`, offsetMinutes };
  });
}

/** Minutes that the clock of the zone is ahead of UTC; fractions of old local mean times are dropped. */
function zoneOffset(timeZone: string, at: Date): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}

function offsetLabel(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const size = Math.abs(offsetMinutes);
  const minutes = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${minutes}`;
}
