import type { Application } from '@gatehouse/contracts/application';
import { applicationKindLabels } from '@gatehouse/contracts/application';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { applicationsQuery, PAGE_SIZE } from './api.ts';
import classes from './applications.module.css';

/** The Atlassian products that Gatehouse serves. */
export function ApplicationsPage() {
  const { page } = useSearch({ from: '/app/applications' });
  const navigate = useNavigate({ from: '/applications' });
  const offset = ((page ?? 1) - 1) * PAGE_SIZE;
  const query = useQuery(applicationsQuery(offset));
  const isEmpty = query.data?.total === 0;
  return (
    <Page>
      <PageHeader
        title="Applications"
        description="The Atlassian products whose people log in through Gatehouse."
        actions={!isEmpty && query.data && <AddButton />}
      />
      {query.isPending && <SkeletonRows label="Loading the applications" rows={4} rowHeight={42} />}
      {query.isError && !query.data && (
        <ErrorPanel
          title="The applications could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {isEmpty && <NoApplications />}
      {query.data && !isEmpty && (
        <Panel padded={false}>
          <ApplicationsTable applications={query.data.items} />
          <Pager
            total={query.data.total}
            offset={offset}
            size={PAGE_SIZE}
            noun="applications"
            onMove={(next) => void navigate({ search: { page: next / PAGE_SIZE + 1 } })}
          />
        </Panel>
      )}
    </Page>
  );
}

function AddButton() {
  return (
    <ButtonLink
      to="/applications/new"
      variant="filled"
      leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
    >
      Add application
    </ButtonLink>
  );
}

function NoApplications() {
  return (
    <EmptyState
      title="No application yet"
      lead="Name the Jira, Confluence, Bitbucket or Bamboo whose people shall log in through Gatehouse."
      steps={[
        { title: 'Add it with its base URL', text: 'The address that people have in their browser.' },
        { title: 'Choose how people get there', text: 'Redirection sends its login page to single sign-on.' },
        { title: 'Keep the way round', text: 'Each product has a nosso URL that shows its own login page.' },
      ]}
      actions={<AddButton />}
    />
  );
}

function ApplicationsTable({ applications }: { applications: readonly Application[] }) {
  return (
    <DataTable
      caption="Applications"
      rows={applications}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: 'Name',
          cell: ({ id, name }) => (
            <Link to="/applications/$applicationId" params={{ applicationId: id }} className={classes.name}>
              <TextWithHiddenCharacters text={name} />
            </Link>
          ),
        },
        {
          key: 'kind',
          header: 'Kind',
          cell: ({ kind, jsm }) => `${applicationKindLabels[kind]}${jsm ? ' with Service Management' : ''}`,
        },
        {
          key: 'url',
          header: 'Base URL',
          cell: ({ baseUrl }) => <span className={classes.url}>{baseUrl}</span>,
        },
        {
          key: 'idp',
          header: 'IdP',
          cell: ({ idp }) =>
            idp === null ? (
              <span className={classes.dim}>–</span>
            ) : (
              <TextWithHiddenCharacters text={idp.name} />
            ),
        },
        {
          key: 'redirection',
          header: 'Redirection',
          cell: (application) => <RedirectionPill application={application} />,
        },
      ]}
    />
  );
}

function RedirectionPill({ application: { redirection, lock } }: { application: Application }) {
  if (redirection.enabled) {
    return lock === null ? (
      <StatePill state="passed">On</StatePill>
    ) : (
      <StatePill state="warning">On, but locked</StatePill>
    );
  }
  return lock === null ? (
    <StatePill state="off">Off</StatePill>
  ) : (
    <StatePill state="locked">Locked</StatePill>
  );
}
