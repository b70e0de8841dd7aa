import type { Idp } from '@gatehouse/contracts/idp';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { updateMethodLabels } from '../../lib/update-methods.ts';
import { idpsQuery, PAGE_SIZE } from './api.ts';
import { IdpStatePill } from './idp-state.tsx';
import classes from './idps.module.css';
import { stepOf } from './wizard-steps.ts';

/** SSO: identity providers and drafts. The wizard opens by itself when there is none. */
export function IdpsPage() {
  const { page } = useSearch({ from: '/app/idps' });
  const navigate = useNavigate({ from: '/idps' });
  const offset = ((page ?? 1) - 1) * PAGE_SIZE;
  const query = useQuery(idpsQuery(offset));
  if (query.data?.total === 0) return <Navigate to="/idps/new" replace />;
  return (
    <Page>
      <PageHeader
        title="SSO"
        description="Identity providers that people log in with."
        actions={
          query.data && (
            <ButtonLink
              to="/idps/new"
              variant="filled"
              leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
            >
              Add IdP
            </ButtonLink>
          )
        }
      />
      {query.isPending && <SkeletonRows label="Loading the identity providers" rows={3} rowHeight={56} />}
      {query.isError && !query.data && (
        <ErrorPanel
          title="The identity providers could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && (
        <Panel padded={false}>
          <IdpsTable idps={query.data.items} />
          <Pager
            total={query.data.total}
            offset={offset}
            size={PAGE_SIZE}
            noun="identity providers"
            onMove={(next) => void navigate({ search: { page: next / PAGE_SIZE + 1 } })}
          />
        </Panel>
      )}
    </Page>
  );
}

function IdpsTable({ idps }: { idps: readonly Idp[] }) {
  return (
    <DataTable
      caption="Identity providers"
      density="two-line"
      rows={idps}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: 'Name', cell: (idp) => <NameCell idp={idp} /> },
        { key: 'state', header: 'State', cell: (idp) => <IdpStatePill idp={idp} /> },
        {
          key: 'update',
          header: 'User Update Method',
          cell: ({ settings, connector }) => (
            <>
              {updateMethodLabels[settings.updateMethod]}
              {connector !== null && (
                <span className={classes.second}>
                  <TextWithHiddenCharacters text={connector.name} />
                </span>
              )}
            </>
          ),
        },
        {
          key: 'applications',
          header: 'Redirects',
          cell: ({ applications }) => {
            const names = applications.filter(({ redirecting }) => redirecting).map(({ name }) => name);
            return names.length === 0 ? (
              <span className={classes.dim}>none</span>
            ) : (
              <TextWithHiddenCharacters text={names.join(', ')} />
            );
          },
        },
        {
          key: 'failure',
          header: 'Last failure',
          cell: ({ lastFailure }) =>
            lastFailure === null ? (
              <span className={classes.dim}>none</span>
            ) : (
              <Link to="/support/trackers/$trackerId" params={{ trackerId: lastFailure.id }}>
                <RelativeTime instant={lastFailure.createdAt} />
              </Link>
            ),
        },
      ]}
    />
  );
}

function NameCell({ idp }: { idp: Idp }) {
  const { id, name, issuer, state } = idp;
  const text = <TextWithHiddenCharacters text={name === '' ? 'Draft without a name' : name} />;
  return (
    <div className={classes.nameCell}>
      {state === 'draft' ? (
        <Link to="/idps/new/$idpId/$step" params={{ idpId: id, step: stepOf(idp) }} className={classes.name}>
          {text}
        </Link>
      ) : (
        <Link to="/idps/$idpId" params={{ idpId: id }} className={classes.name}>
          {text}
        </Link>
      )}
      <span className={classes.second}>
        {issuer ?? (state === 'draft' ? 'Go on in the wizard' : 'no issuer')}
      </span>
    </div>
  );
}
