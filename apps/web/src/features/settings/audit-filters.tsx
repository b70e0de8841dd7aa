import { endpoints } from '@gatehouse/contracts/endpoints';
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { endpointUrl } from '../../lib/api-client.ts';
import type { AuditFilter } from './api.ts';
import { auditActionWords } from './audit-filter.ts';
import type { AuditSearch } from './audit-search.ts';
import classes from './settings.module.css';

const TYPING_PAUSE = 250;

type AuditFiltersProps = {
  search: AuditSearch;
  filter: AuditFilter;
  /** Actions that occur. */
  actions: readonly string[];
  onChange: (change: Partial<AuditSearch>) => void;
};

/** Search, action, days, and the download of what they leave. */
export function AuditFilters({ search, filter, actions, onChange }: AuditFiltersProps) {
  const [text, setText] = useState(search.search ?? '');
  const applyText = useDebouncedCallback(
    (value: string) => onChange({ search: value || undefined }),
    TYPING_PAUSE,
  );
  return (
    <search className={classes.filters}>
      <TextInput
        className={classes.search ?? ''}
        label="Search"
        placeholder="Person, subject, address or request"
        leftSection={<IconSearch size={15} stroke={1.7} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          applyText(event.currentTarget.value);
        }}
      />
      <Select
        label="Action"
        placeholder="All actions"
        clearable
        allowDeselect
        w={200}
        value={search.action ?? null}
        onChange={(action) => onChange({ action: action ?? undefined })}
        data={actions.map((action) => ({ value: action, label: auditActionWords(action) }))}
      />
      <TextInput
        label="From"
        type="date"
        value={search.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="To"
        type="date"
        value={search.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
      />
      <span className={classes.export}>
        {(['csv', 'json'] as const).map((format) => (
          <Button
            key={format}
            component="a"
            href={endpointUrl(endpoints.exportAudit, { query: { ...filter, format } })}
            download
            leftSection={<IconDownload size={15} stroke={1.7} />}
          >
            Export {format.toUpperCase()}
          </Button>
        ))}
      </span>
    </search>
  );
}
