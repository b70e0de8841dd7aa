import type { AuditEntry } from '@gatehouse/contracts/account';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { DataTable } from '../../components/ui/data-table.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { AuditDetails } from './audit-details.tsx';
import { auditActionWords } from './audit-filter.ts';
import classes from './settings.module.css';

/** Entries; a row opens to what changed. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const [opened, setOpened] = useState<number | null>(null);
  return (
    <DataTable
      caption="Audit entries"
      rows={entries}
      rowKey={(entry) => entry.id}
      strip={(entry) => entry.id === opened && <AuditDetails entry={entry} />}
      columns={[
        { key: 'at', header: 'When', width: 148, cell: ({ at }) => <RelativeTime instant={at} /> },
        {
          key: 'actor',
          header: 'Who',
          cell: ({ actor }) => (
            <span className={classes.strong}>
              <TextWithHiddenCharacters text={actor.name} />
            </span>
          ),
        },
        { key: 'action', header: 'Action', cell: ({ action }) => auditActionWords(action) },
        {
          key: 'subject',
          header: 'Subject',
          cell: ({ subject }) => (
            <>
              <span className={classes.dim}>{subject.kind} </span>
              <TextWithHiddenCharacters text={subject.name ?? subject.id ?? ''} />
            </>
          ),
        },
        {
          key: 'from',
          header: 'From',
          cell: ({ remoteAddress }) => <span className={classes.dim}>{remoteAddress ?? '–'}</span>,
        },
        {
          key: 'details',
          header: 'Details',
          headerHidden: true,
          align: 'right',
          cell: ({ id }) => (
            <Button
              size="xs"
              variant="subtle"
              aria-expanded={id === opened}
              aria-label={`${id === opened ? 'Hide' : 'Show'} details of entry ${id}`}
              onClick={() => setOpened(id === opened ? null : id)}
            >
              {id === opened ? 'Hide' : 'Details'}
            </Button>
          ),
        },
      ]}
    />
  );
}
