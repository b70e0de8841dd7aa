import type { DirectoryGroupRow } from '@gatehouse/contracts/directory';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { Count } from '../../components/ui/numbers.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import type { GridColumn } from '../../components/ui/virtual-grid.tsx';
import { fetchGroups, groupsKey } from './api.ts';
import classes from './directory.module.css';
import { DirectoryList } from './directory-list.tsx';
import {
  filterOf,
  type GroupsSearch,
  groupsSearchSchema,
  isNarrowed,
  withChange,
} from './directory-search.ts';
import { DirectoryTabs } from './directory-tabs.tsx';
import { OriginName } from './origin-name.tsx';
import { SearchField } from './search-field.tsx';
import { SourceSelect } from './source-select.tsx';

const COLUMNS: GridColumn<DirectoryGroupRow>[] = [
  {
    key: 'group',
    header: 'Group',
    width: 'minmax(200px, 1.4fr)',
    cell: (group) => (
      <Link
        to="/directory/groups/$groupId"
        params={{ groupId: group.id }}
        className={classes.name}
        tabIndex={-1}
      >
        <TextWithHiddenCharacters text={group.name} />
      </Link>
    ),
  },
  {
    key: 'description',
    header: 'Description',
    width: 'minmax(160px, 1.6fr)',
    cell: ({ description }) => (
      <span className={classes.dim}>
        <TextWithHiddenCharacters text={description} />
      </span>
    ),
  },
  {
    key: 'members',
    header: 'Members',
    width: '104px',
    align: 'right',
    cell: ({ members }) => <Count value={members} />,
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

/** All groups of the directory, by name. */
export function GroupsPage() {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = useMemo(() => groupsSearchSchema.parse(raw), [raw]);
  const navigate = useNavigate();
  const searchRef = useRef<HTMLInputElement>(null);
  const filter = filterOf(search);
  const change = (part: Partial<GroupsSearch>, replace = false) =>
    void navigate({ to: '/directory/groups', search: withChange(search, part), replace });
  return (
    <Page>
      <PageHeader
        title="Directory"
        description="The users and groups that Gatehouse keeps and hands to the applications."
      />
      <DirectoryTabs />
      <search className={classes.filters} aria-label="Filter the groups">
        <SearchField
          ref={searchRef}
          label="Find a group"
          words={search.search ?? ''}
          onChange={(words) => change({ search: words }, true)}
        />
        <SourceSelect value={search.source} onChange={(source) => change({ source })} />
      </search>
      <DirectoryList
        label="Groups"
        noun="groups"
        queryKey={groupsKey(filter)}
        fetchWindow={(request) => fetchGroups(filter, request)}
        columns={COLUMNS}
        minWidth={760}
        onOpen={(group) => void navigate({ to: '/directory/groups/$groupId', params: { groupId: group.id } })}
        onSearch={() => searchRef.current?.focus()}
        narrowed={isNarrowed(search)}
        onClear={() => void navigate({ to: '/directory/groups', search: {} })}
        empty={
          <EmptyState
            title="No group yet"
            lead="The first sync of a connector brings the groups of Okta and their members here."
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
