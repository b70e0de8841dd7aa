import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatCount } from '../../lib/format.ts';
import { groupChoicesQuery, groupQuery } from './api.ts';
import classes from './directory.module.css';
import { listboxProps } from './listbox-props.ts';

type GroupSelectProps = { value: string | undefined; onChange: (groupId: string | undefined) => void };

/** Narrows the users to the members of one group; the first 20 groups that match what is typed are offered. */
export function GroupSelect({ value, onChange }: GroupSelectProps) {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), 250);
  const chosen = useQuery({ ...groupQuery(value ?? ''), enabled: value !== undefined });
  const searched = words === chosen.data?.name ? '' : words;
  const choices = useQuery(groupChoicesQuery(searched));
  const items = choices.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  if (value !== undefined && !items.some((item) => item.value === value)) {
    items.unshift({ value, label: chosen.data?.name ?? 'Group' });
  }
  const more = (choices.data?.total ?? 0) - (choices.data?.items.length ?? 0);
  return (
    <Select
      className={classes.select ?? ''}
      {...listboxProps}
      aria-label="Group"
      placeholder="All groups"
      data={items}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Clear the group' }}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage="No group matches"
      {...(more > 0 ? { title: `${formatCount(more)} more groups: type to find them` } : {})}
    />
  );
}
