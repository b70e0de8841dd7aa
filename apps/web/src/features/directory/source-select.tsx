import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { sourcesQuery } from './api.ts';
import classes from './directory.module.css';
import { listboxProps } from './listbox-props.ts';

type SourceSelectProps = {
  /** `local`, the id of a connector, or all. */
  value: string | undefined;
  onChange: (source: string | undefined) => void;
};

/** Narrows a list to what one connector, or a person, made. */
export function SourceSelect({ value, onChange }: SourceSelectProps) {
  const { data: sources = [] } = useQuery(sourcesQuery);
  const data = [
    { value: '', label: 'All sources' },
    ...sources.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'local', label: 'Made by hand' },
  ];
  // A connector that is gone leaves a link with its id behind.
  if (value !== undefined && !data.some((one) => one.value === value))
    data.push({ value, label: 'Removed connector' });
  return (
    <Select
      className={classes.select ?? ''}
      {...listboxProps}
      aria-label="Source"
      data={data}
      value={value ?? ''}
      onChange={(next) => onChange(next || undefined)}
    />
  );
}
