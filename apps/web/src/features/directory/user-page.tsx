import type { DirectoryUser, UserGroup } from '@gatehouse/contracts/directory';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { KeyValueList } from '../../components/ui/key-value-list.tsx';
import { Page, PageHeader, SectionTitle } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import type { GridColumn } from '../../components/ui/virtual-grid.tsx';
import { formatCount } from '../../lib/format.ts';
import { fetchGroupsOfUser, groupsOfUserKey, userQuery } from './api.ts';
import classes from './directory.module.css';
import { DirectoryList } from './directory-list.tsx';
import { wordsSearchSchema } from './directory-search.ts';
import { OriginName, OriginNames, OriginSentence } from './origin-name.tsx';
import { RecordFailed, RecordLoading } from './record-states.tsx';
import { SearchField } from './search-field.tsx';

/** One person: what the directory keeps, where each part comes from, and the groups. */
export function UserPage() {
  const { userId } = useParams({ from: '/app/directory/users/$userId' });
  const { data: user, error, refetch } = useQuery(userQuery(userId));
  if (user !== undefined) return <LoadedUser user={user} />;
  if (error === null) return <RecordLoading thing="user" />;
  return <RecordFailed thing="user" error={error} onRetry={() => void refetch()} />;
}

function LoadedUser({ user }: { user: DirectoryUser }) {
  const title = user.displayName === '' ? user.username : user.displayName;
  return (
    <Page>
      <PageHeader
        title={title}
        breadcrumbs={[
          { key: 'directory', link: <Link to="/directory/users">Directory</Link> },
          { key: 'users', link: <Link to="/directory/users">Users</Link> },
        ]}
        pill={
          <StatePill state={user.active ? 'passed' : 'off'}>{user.active ? 'Active' : 'Disabled'}</StatePill>
        }
        description={<OriginSentence origin={user.origin} thing="user" />}
      >
        <TextWithHiddenCharacters text={title} />
      </PageHeader>
      <div className={classes.columns}>
        <div className={classes.main}>
          <Attributes user={user} />
          <GroupsOfUser user={user} />
        </div>
        <Facts user={user} />
      </div>
    </Page>
  );
}

function Attributes({ user }: { user: DirectoryUser }) {
  const rows = [
    { name: 'username', value: user.username },
    { name: 'e-mail', value: user.email },
    { name: 'full name', value: user.displayName },
    { name: 'first name', value: user.firstName },
    { name: 'last name', value: user.lastName },
    { name: 'status', value: user.active ? 'active' : 'disabled' },
  ];
  return (
    <Panel title="Attributes" padded={false}>
      <DataTable
        caption="Attributes and where they come from"
        rows={rows}
        rowKey={(row) => row.name}
        density="dense"
        columns={[
          { key: 'name', header: 'Attribute', width: 128, cell: ({ name }) => <strong>{name}</strong> },
          {
            key: 'value',
            header: 'Value',
            cell: ({ value }) =>
              value === '' ? (
                <span className={classes.faint}>empty</span>
              ) : (
                <TextWithHiddenCharacters text={value} />
              ),
          },
          {
            key: 'origin',
            header: 'From',
            width: '35%',
            cell: () => (
              <span className={classes.dim}>
                {user.origin.connector === null ? (
                  'made by hand'
                ) : (
                  <>
                    Okta, by <OriginName origin={user.origin} />
                  </>
                )}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  );
}

const GROUP_COLUMNS: GridColumn<UserGroup>[] = [
  {
    key: 'group',
    header: 'Group',
    width: 'minmax(180px, 1.5fr)',
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
    key: 'origins',
    header: 'Member by',
    width: 'minmax(160px, 1fr)',
    cell: ({ origins }) => (
      <span className={classes.dim}>
        <OriginNames origins={origins} />
      </span>
    ),
  },
];

function GroupsOfUser({ user }: { user: DirectoryUser }) {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const words = useMemo(() => wordsSearchSchema.parse(raw).search ?? '', [raw]);
  const navigate = useNavigate();
  const searchRef = useRef<HTMLInputElement>(null);
  const params = { userId: user.id };
  const setWords = (next: string) =>
    void navigate({
      to: '/directory/users/$userId',
      params,
      search: next === '' ? {} : { search: next },
      replace: true,
    });
  return (
    <>
      <div className={classes.listHead}>
        <SectionTitle>{`Groups ${formatCount(user.groups)}`}</SectionTitle>
        {(user.groups > 0 || words !== '') && (
          <SearchField ref={searchRef} label="Find a group" words={words} onChange={setWords} />
        )}
      </div>
      <DirectoryList
        label={`Groups of ${user.displayName}`}
        noun="groups"
        queryKey={groupsOfUserKey(user.id, words)}
        fetchWindow={(request) => fetchGroupsOfUser(user.id, words, request)}
        columns={GROUP_COLUMNS}
        minWidth={340}
        onOpen={(group) => void navigate({ to: '/directory/groups/$groupId', params: { groupId: group.id } })}
        onSearch={() => searchRef.current?.focus()}
        narrowed={words !== ''}
        onClear={() => setWords('')}
        empty={<p className={classes.dim}>Member of no group.</p>}
        fitRows={12}
      />
    </>
  );
}

function Facts({ user }: { user: DirectoryUser }) {
  const items = [
    { key: 'Directory', value: <TextWithHiddenCharacters text={user.directory.name} /> },
    { key: 'Status in Okta', value: user.sourceStatus === null ? '–' : <code>{user.sourceStatus}</code> },
    { key: 'Created', value: <RelativeTime instant={user.createdAt} show="both" /> },
    { key: 'Changed', value: <RelativeTime instant={user.updatedAt} show="both" /> },
    { key: 'Revision', value: formatCount(user.revision) },
  ];
  return (
    <aside className={classes.facts} aria-label="Facts">
      <Panel title="Facts">
        <KeyValueList items={items} />
      </Panel>
      <Panel title="Ids">
        <div className={classes.facts}>
          {user.externalId !== null && (
            <CopyField
              label="Okta id"
              value={user.externalId}
              hint="Finds the person in Okta, also after a rename."
            />
          )}
          <CopyField
            label="Gatehouse id"
            value={user.id}
            hint="Stays when the name and the username change."
          />
        </div>
      </Panel>
    </aside>
  );
}
