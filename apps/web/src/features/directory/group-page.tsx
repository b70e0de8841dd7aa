import type { DirectoryGroup, GroupMember } from '@gatehouse/contracts/directory';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { KeyValueList } from '../../components/ui/key-value-list.tsx';
import { Page, PageHeader, SectionTitle } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import type { GridColumn } from '../../components/ui/virtual-grid.tsx';
import { formatCount } from '../../lib/format.ts';
import { ActiveState } from './active-state.tsx';
import { fetchMembers, groupQuery, membersKey } from './api.ts';
import classes from './directory.module.css';
import { DirectoryList } from './directory-list.tsx';
import { wordsSearchSchema } from './directory-search.ts';
import { OriginNames, OriginSentence } from './origin-name.tsx';
import { RecordFailed, RecordLoading } from './record-states.tsx';
import { SearchField } from './search-field.tsx';

/** One group and its members. */
export function GroupPage() {
  const { groupId } = useParams({ from: '/app/directory/groups/$groupId' });
  const { data: group, error, refetch } = useQuery(groupQuery(groupId));
  if (group !== undefined) return <LoadedGroup group={group} />;
  if (error === null) return <RecordLoading thing="group" />;
  return <RecordFailed thing="group" error={error} onRetry={() => void refetch()} />;
}

function LoadedGroup({ group }: { group: DirectoryGroup }) {
  return (
    <Page>
      <PageHeader
        title={group.name}
        breadcrumbs={[
          { key: 'directory', link: <Link to="/directory/users">Directory</Link> },
          { key: 'groups', link: <Link to="/directory/groups">Groups</Link> },
        ]}
        description={<OriginSentence origin={group.origin} thing="group" />}
      >
        <TextWithHiddenCharacters text={group.name} />
      </PageHeader>
      <div className={classes.columns}>
        <div className={classes.main}>
          {group.description !== '' && (
            <p>
              <TextWithHiddenCharacters text={group.description} />
            </p>
          )}
          <Members group={group} />
        </div>
        <Facts group={group} />
      </div>
    </Page>
  );
}

const COLUMNS: GridColumn<GroupMember>[] = [
  {
    key: 'user',
    header: 'User',
    width: 'minmax(200px, 1.5fr)',
    cell: (member) => (
      <>
        <Link
          to="/directory/users/$userId"
          params={{ userId: member.id }}
          className={classes.name}
          tabIndex={-1}
        >
          <TextWithHiddenCharacters text={member.displayName} />
        </Link>
        {member.username !== member.email && (
          <span className={classes.secondary}>
            <TextWithHiddenCharacters text={member.username} />
          </span>
        )}
      </>
    ),
  },
  {
    key: 'email',
    header: 'E-mail',
    width: 'minmax(150px, 1.2fr)',
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
    key: 'origins',
    header: 'Member by',
    width: 'minmax(130px, 1fr)',
    cell: ({ origins }) => (
      <span className={classes.dim}>
        <OriginNames origins={origins} />
      </span>
    ),
  },
];

function Members({ group }: { group: DirectoryGroup }) {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const words = useMemo(() => wordsSearchSchema.parse(raw).search ?? '', [raw]);
  const navigate = useNavigate();
  const searchRef = useRef<HTMLInputElement>(null);
  const params = { groupId: group.id };
  const setWords = (next: string) =>
    void navigate({
      to: '/directory/groups/$groupId',
      params,
      search: next === '' ? {} : { search: next },
      replace: true,
    });
  return (
    <>
      <div className={classes.listHead}>
        <SectionTitle>{`Members ${formatCount(group.members)}`}</SectionTitle>
        {(group.members > 0 || words !== '') && (
          <SearchField ref={searchRef} label="Find a member" words={words} onChange={setWords} />
        )}
      </div>
      <DirectoryList
        label={`Members of ${group.name}`}
        noun="members"
        queryKey={membersKey(group.id, words)}
        fetchWindow={(request) => fetchMembers(group.id, words, request)}
        columns={COLUMNS}
        minWidth={640}
        onOpen={(member) => void navigate({ to: '/directory/users/$userId', params: { userId: member.id } })}
        onSearch={() => searchRef.current?.focus()}
        narrowed={words !== ''}
        onClear={() => setWords('')}
        empty={<p className={classes.dim}>This group has no member.</p>}
        fitRows={16}
      />
    </>
  );
}

function Facts({ group }: { group: DirectoryGroup }) {
  const items = [
    { key: 'Directory', value: <TextWithHiddenCharacters text={group.directory.name} /> },
    { key: 'Created', value: <RelativeTime instant={group.createdAt} show="both" /> },
    { key: 'Changed', value: <RelativeTime instant={group.updatedAt} show="both" /> },
    { key: 'Revision', value: formatCount(group.revision) },
  ];
  return (
    <aside className={classes.facts} aria-label="Facts">
      <Panel title="Facts">
        <KeyValueList items={items} />
      </Panel>
      <Panel title="Ids">
        <div className={classes.facts}>
          {group.externalId !== null && (
            <CopyField
              label="Okta id"
              value={group.externalId}
              hint="Finds the group in Okta, also after a rename."
            />
          )}
          <CopyField label="Gatehouse id" value={group.id} />
        </div>
      </Panel>
    </aside>
  );
}
