import { describe, expect, it } from 'vitest';
import { knownTimeZone, offeredTimeZones } from './time-zones.ts';

const winter = new Date('2026-11-21T12:00Z');
const summer = new Date('2026-07-01T12:00Z');

describe('offeredTimeZones', () => {
  it.each([
    ['UTC', winter, 'UTC (UTC)', 0],
    ['Europe/Berlin', winter, 'Europe/Berlin (UTC+1)', 60],
    ['Europe/Berlin', summer, 'Europe/Berlin (UTC+2)', 120],
    ['America/New_York', winter, 'America/New_York (UTC−5)', -300],
    ['America/St_Johns', winter, 'America/St_Johns (UTC−3:30)', -210],
    ['Asia/Tokyo', winter, 'Asia/Tokyo (UTC+9)', 540],
    ['Pacific/Chatham', winter, 'Pacific/Chatham (UTC+13:45)', 825],
    ['Europe/London', winter, 'Europe/London (UTC)', 0],
  ])('has %s at %o as %s', (timeZone, at, label, offsetMinutes) => {
    expect(offeredTimeZones(at)).toContainEqual({ timeZone, label, offsetMinutes });
  });

  it('offers each zone once, and only known ones', () => {
    const names = offeredTimeZones(winter).map((zone) => zone.timeZone);

    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(300);
    expect(names.filter((name) => knownTimeZone(name) !== name)).toEqual([]);
  });
});

describe('knownTimeZone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/BERLIN', 'Europe/Berlin'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['UTC', 'UTC'],
    ['+01:00', undefined],
    ['Europe/Bern', undefined],
    ['', undefined],
  ])('of %j is %j', (name, known) => {
    expect(knownTimeZone(name)).toBe(known);
  });
});
