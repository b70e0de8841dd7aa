import { knownTimeZone, offeredTimeZones } from '@gatehouse/schedule/time-zones';
import { Select } from '@mantine/core';
import { useMemo } from 'react';

type TimeZoneSelectProps = {
  id?: string;
  /** The label is beside it when it is hidden here. */
  labelHidden?: boolean;
  value: string;
  error?: string | undefined;
  onChange: (timeZone: string) => void;
};

/** All zones of this browser; typing searches. A stored zone under an old name stays in the list. */
export function TimeZoneSelect({ id, labelHidden = false, value, error, onChange }: TimeZoneSelectProps) {
  const offered = useMemo(() => offeredTimeZones(new Date()), []);
  const data = useMemo(() => {
    const options = offered.map(({ timeZone, label }) => ({ value: timeZone, label }));
    const missing = knownTimeZone(value) !== undefined && !options.some((option) => option.value === value);
    return missing ? [{ value, label: value }, ...options] : options;
  }, [offered, value]);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(labelHidden ? { 'aria-label': 'Time zone' } : { label: 'Time zone' })}
      data={data}
      value={value}
      error={error}
      onChange={(timeZone) => timeZone !== null && onChange(timeZone)}
      searchable
      maxDropdownHeight={240}
      nothingFoundMessage="No time zone of this name"
      w="100%"
      maw={276}
    />
  );
}
