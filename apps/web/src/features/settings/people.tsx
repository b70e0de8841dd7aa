import type { Account } from '@gatehouse/contracts/account';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable } from '../../components/ui/data-table.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { formatNoun } from '../../lib/format.ts';
import { useAccount } from '../../lib/session.ts';
import { AccountDialog } from './account-dialog.tsx';
import { AccountSessionsDialog } from './account-sessions-dialog.tsx';
import { accountsQuery, PAGE_SIZE } from './api.ts';
import { DeleteAccountDialog } from './delete-account-dialog.tsx';
import { EnableAccountDialog } from './enable-account-dialog.tsx';
import classes from './settings.module.css';

type Open = { kind: 'create' } | { kind: 'edit' | 'enable' | 'delete' | 'sessions'; account: Account };

/** All staff accounts with what can be done to each. */
export function People() {
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<Open | null>(null);
  const accounts = useQuery(accountsQuery(offset));
  const close = () => setOpen(null);
  if (accounts.isPending) return <SkeletonRows label="Loading the accounts" rows={3} rowHeight={56} />;
  if (accounts.isError) {
    return (
      <ErrorPanel
        title="The accounts could not be read"
        error={accounts.error}
        onRetry={() => void accounts.refetch()}
      />
    );
  }
  return (
    <>
      <Panel
        title="People"
        padded={false}
        action={
          <Button
            size="xs"
            leftSection={<IconPlus size={15} stroke={1.8} />}
            onClick={() => setOpen({ kind: 'create' })}
          >
            Add a person
          </Button>
        }
      >
        <PeopleTable accounts={accounts.data.items} onOpen={setOpen} />
        <Pager
          total={accounts.data.total}
          offset={offset}
          size={PAGE_SIZE}
          noun="accounts"
          onMove={setOffset}
        />
      </Panel>
      {open?.kind === 'create' && <AccountDialog account={null} onClose={close} />}
      {open?.kind === 'edit' && <AccountDialog account={open.account} onClose={close} />}
      {open?.kind === 'enable' && <EnableAccountDialog account={open.account} onClose={close} />}
      {open?.kind === 'delete' && <DeleteAccountDialog account={open.account} onClose={close} />}
      {open?.kind === 'sessions' && <AccountSessionsDialog account={open.account} onClose={close} />}
    </>
  );
}

function PeopleTable({ accounts, onOpen }: { accounts: readonly Account[]; onOpen: (open: Open) => void }) {
  return (
    <DataTable
      caption="Accounts"
      density="two-line"
      rows={accounts}
      rowKey={(account) => account.id}
      columns={[
        { key: 'name', header: 'Name', cell: (account) => <Person account={account} /> },
        { key: 'role', header: 'Role', cell: ({ role }) => (role === 'admin' ? 'Administrator' : 'Support') },
        {
          key: 'state',
          header: 'State',
          cell: ({ enabled }) =>
            enabled ? (
              <StatePill state="passed">Active</StatePill>
            ) : (
              <StatePill state="off">Disabled</StatePill>
            ),
        },
        {
          key: 'signed-in',
          header: 'Last signed in',
          cell: ({ lastSignedInAt }) =>
            lastSignedInAt === null ? (
              <span className={classes.dim}>never</span>
            ) : (
              <RelativeTime instant={lastSignedInAt} />
            ),
        },
        {
          key: 'actions',
          header: 'Actions',
          headerHidden: true,
          align: 'right',
          cell: (account) => <PersonActions account={account} onOpen={onOpen} />,
        },
      ]}
    />
  );
}

function Person({ account }: { account: Account }) {
  const own = useAccount().id === account.id;
  return (
    <>
      <div className={classes.strong}>
        <TextWithHiddenCharacters text={account.name} />
        {own && <span className={classes.dim}> (you)</span>}
      </div>
      <div className={classes.small}>
        <TextWithHiddenCharacters text={account.email} />
      </div>
    </>
  );
}

function PersonActions({ account, onOpen }: { account: Account; onOpen: (open: Open) => void }) {
  const own = useAccount().id === account.id;
  const { name, enabled, sessions } = account;
  return (
    <span className={classes.rowActions}>
      <Button
        size="xs"
        variant="subtle"
        aria-label={`${formatNoun(sessions, 'session')} of ${name}`}
        onClick={() => onOpen({ kind: 'sessions', account })}
      >
        {formatNoun(sessions, 'session')}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        aria-label={`Edit ${name}`}
        onClick={() => onOpen({ kind: 'edit', account })}
      >
        Edit
      </Button>
      {!own && (
        <>
          <Button
            size="xs"
            variant="subtle"
            aria-label={`${enabled ? 'Disable' : 'Enable'} ${name}`}
            onClick={() => onOpen({ kind: 'enable', account })}
          >
            {enabled ? 'Disable' : 'Enable'}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            aria-label={`Delete ${name}`}
            onClick={() => onOpen({ kind: 'delete', account })}
          >
            Delete
          </Button>
        </>
      )}
    </span>
  );
}
