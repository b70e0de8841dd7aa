import type { Idp } from '@gatehouse/contracts/idp';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useParams } from '@tanstack/react-router';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { TabLinks } from '../../components/ui/tab-links.tsx';
import { idpQuery } from './api.ts';
import { IdpContext } from './idp-context.ts';
import { IdpStatePill } from './idp-state.tsx';
import { stepOf } from './wizard-steps.ts';

/** One identity provider and its tabs. */
export function IdpPage() {
  const { idpId } = useParams({ from: '/app/idps/$idpId' });
  const query = useQuery(idpQuery(idpId));
  const breadcrumbs = [{ key: 'sso', link: <Link to="/idps">SSO</Link> }];
  if (query.isError && !query.data) {
    return (
      <Page>
        <PageHeader title="Identity provider" breadcrumbs={breadcrumbs} />
        <ErrorPanel
          title="The identity provider cannot be shown"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      </Page>
    );
  }
  if (query.data === undefined) {
    return (
      <Page>
        <SkeletonRows label="Loading the identity provider" rows={5} rowHeight={56} />
      </Page>
    );
  }
  if (query.data.state === 'draft') {
    return <Navigate to="/idps/new/$idpId/$step" params={{ idpId, step: stepOf(query.data) }} replace />;
  }
  return <Tabs key={idpId} idp={query.data} />;
}

function Tabs({ idp }: { idp: Idp }) {
  const { id, name, issuer } = idp;
  const params = { idpId: id };
  return (
    <IdpContext value={idp}>
      <Page>
        <PageHeader
          title={name}
          breadcrumbs={[{ key: 'sso', link: <Link to="/idps">SSO</Link> }]}
          pill={<IdpStatePill idp={idp} />}
          meta={issuer}
        />
        <TabLinks label={name}>
          <Link to="/idps/$idpId/summary" params={params}>
            Summary
          </Link>
          <Link to="/idps/$idpId/metadata" params={params}>
            Metadata
          </Link>
          <Link to="/idps/$idpId/users" params={params}>
            User Creation and Update
          </Link>
          <Link to="/idps/$idpId/logins" params={params}>
            Logins
          </Link>
        </TabLinks>
        <Outlet />
      </Page>
    </IdpContext>
  );
}
