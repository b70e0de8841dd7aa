import type { DirectoryUserRow } from '@gatehouse/contracts/directory';
import { SegmentedControl } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { Count } from '../../components/ui/numbers.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import type { GridColumn } from '../../components/ui/virtual-grid.tsx';
import { ActiveState } from './active-state.tsx';
import { fetchUsers, usersKey } from './api.ts';
import classes from './directory.module.css';
import { DirectoryList } from './directory-list.tsx';
import { filterOf, isNarrowed, type UsersSearch, usersSearchSchema, withChange } from './directory-search.ts';
import { DirectoryTabs } from './directory-tabs.tsx';
import { GroupSelect } from './group-select.tsx';
import { OriginName } from './origin-name.tsx';
import { SearchField } from './search-field.tsx';
import { SourceSelect } from './source-select.tsx';

const COLUMNS: GridColumn<DirectoryUserRow>[] = [
  {
    key: 'user',
    header: 'User',
    width: 'minmax(220px, 1.6fr)',
    cell: (user) => (
      <>
        <Link
          to="/directory/users/$userId"
          params={{ userId: user.id }}
          className={classes.name}
          tabIndex={-1}
        >
          <TextWithHiddenCharacters text={user.displayName} />
        </Link>
        {user.username !== user.email && (
          <span className={classes.secondary}>
            <TextWithHiddenCharacters text={user.username} />
          </span>
        )}
      </>
    ),
  },
  {
    key: 'email',
    header: 'E-mail',
    width: 'minmax(160px, 1.2fr)',
    cell: ({ email }) => (
      <span className={classes.dim}>
        <TextWithHiddenCharacters text={email} />
      </span>
    ),
  },
  {
    key: 'state',
    header: 'State',
    width: '104px',
    cell: ({ active }) => <ActiveState active={active} />,
  },
  {
    key: 'groups',
    header: 'Groups',
    width: '80px',
    align: 'right',
    cell: ({ groups }) => <Count value={groups} />,
  },
  {
    key: 'source',
    header: 'Source',
    width: 'minmax(120px, 1fr)',
    cell: ({ origin }) => <OriginName origin={origin} />,
  },
  {
    key: 'updated',
    header: 'Changed',
    width: '136px',
    cell: ({ updatedAt }) => <RelativeTime instant={updatedAt} />,
  },
];

/** Everybody in the directory, by display name. */
export function UsersPage() {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = useMemo(() => usersSearchSchema.parse(raw), [raw]);
  const navigate = useNavigate();
  const searchRef = useRef<HTMLInputElement>(null);
  const filter = filterOf(search);
  const change = (part: Partial<UsersSearch>, replace = false) =>
    void navigate({ to: '/directory/users', search: withChange(search, part), replace });
  return (
    <Page>
      <PageHeader
        title="Directory"
        description="The users and groups that Gatehouse keeps and hands to the applications."
      />
      <DirectoryTabs />
      <search className={classes.filters} aria-label="Filter the users">
        <SearchField
          ref={searchRef}
          label="Find a user"
          words={search.search ?? ''}
          onChange={(words) => change({ search: words }, true)}
        />
        <SegmentedControl
          aria-label="State"
          data={[
            { value: '', label: 'All' },
            { value: 'active', label: 'Active' },
            { value: 'disabled', label: 'Disabled' },
          ]}
          value={search.state ?? ''}
          onChange={(state) => change({ state: state === '' ? undefined : (state as 'active' | 'disabled') })}
        />
        <SourceSelect value={search.source} onChange={(source) => change({ source })} />
        <GroupSelect value={search.groupId} onChange={(groupId) => change({ groupId })} />
      </search>
      <DirectoryList
        label="Users"
        noun="users"
        queryKey={usersKey(filter)}
        fetchWindow={(request) => fetchUsers(filter, request)}
        columns={COLUMNS}
        minWidth={880}
        onOpen={(user) => void navigate({ to: '/directory/users/$userId', params: { userId: user.id } })}
        onSearch={() => searchRef.current?.focus()}
        narrowed={isNarrowed(search)}
        onClear={() => void navigate({ to: '/directory/users', search: {} })}
        empty={
          <EmptyState
            title="Nobody here yet"
            lead="The first sync of a connector brings the users and groups of Okta here. Simulate it first and look at the review."
            actions={
              <ButtonLink to="/connectors" variant="filled">
                Go to User Sync
              </ButtonLink>
            }
          />
        }
      />
    </Page>
  );
}
