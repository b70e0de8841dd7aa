import type { Application } from '@gatehouse/contracts/application';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SaveBar } from '../../components/ui/save-bar.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { idpChoicesQuery, PAGE_SIZE, redirectionsQuery, useSetRedirection } from './api.ts';
import { NoSsoTable } from './no-sso-table.tsx';
import { ProxyHelp } from './proxy-help.tsx';
import classes from './redirection.module.css';
import {
  changedApplications,
  type RedirectionDrafts,
  shownRedirection,
  withEdit,
} from './redirection-draft.ts';
import { RedirectionRow } from './redirection-row.tsx';

/** Redirection: which login pages send people to single sign-on, and the way round. */
export function RedirectionPage() {
  const { page } = useSearch({ from: '/app/redirection' });
  const navigate = useNavigate({ from: '/redirection' });
  const offset = ((page ?? 1) - 1) * PAGE_SIZE;
  const query = useQuery(redirectionsQuery(offset));
  if (query.data && query.data.total > 0) {
    return (
      <Switches
        applications={query.data.items}
        pager={
          <Pager
            total={query.data.total}
            offset={offset}
            size={PAGE_SIZE}
            noun="applications"
            onMove={(next) => void navigate({ search: { page: next / PAGE_SIZE + 1 } })}
          />
        }
      />
    );
  }
  return (
    <Page>
      <Header />
      {query.isPending && <SkeletonRows label="Loading the applications" rows={4} rowHeight={64} />}
      {query.isError && (
        <ErrorPanel
          title="The applications could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.data && <NoApplications />}
    </Page>
  );
}

function Header() {
  return (
    <PageHeader
      title="Redirection"
      description="Sends people from an application’s login page to single sign-on."
    />
  );
}

function NoApplications() {
  return (
    <EmptyState
      title="No application yet"
      lead="Once an application is added, its login page can send people to single sign-on."
      steps={[
        { title: 'Add the application', text: 'Its kind and its base URL.' },
        {
          title: 'Pass a test login',
          text: 'Until one has passed, the switch is locked: nobody gets locked out.',
        },
        {
          title: 'Enable SSO Redirect',
          text: 'The nosso addresses keep working, so there is always a way in.',
        },
      ]}
      actions={
        <ButtonLink to="/applications/new" variant="filled">
          Add application
        </ButtonLink>
      }
    />
  );
}

function Switches({ applications, pager }: { applications: readonly Application[]; pager: ReactNode }) {
  const [drafts, setDrafts] = useState<RedirectionDrafts>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isSaving, setSaving] = useState(false);
  const idps = useQuery(idpChoicesQuery).data ?? [];
  const { mutateAsync } = useSetRedirection();
  const announce = useAnnounce();
  const changed = changedApplications(applications, drafts);

  /** One after the other; what is refused stays switched, with the reason beside it. */
  async function save(): Promise<void> {
    setSaving(true);
    const refused: Record<string, string> = {};
    let kept: RedirectionDrafts = {};
    for (const { application, redirection } of changed) {
      try {
        await mutateAsync({ applicationId: application.id, redirection });
      } catch (error) {
        refused[application.id] = error instanceof Error ? error.message : String(error);
        kept = { ...kept, [application.id]: redirection };
      }
    }
    setDrafts(kept);
    setErrors(refused);
    setSaving(false);
    announce(Object.keys(refused).length === 0 ? 'Saved' : 'Not everything was saved');
  }

  return (
    <>
      <Page>
        <Header />
        <div className={classes.honest}>
          <Callout kind="warning" title="This version does not hand a login on to the product yet.">
            A login ends on a page of Gatehouse that says who was signed in. Try the way with the login
            address; leave the login page of a product that people work with as it is.
          </Callout>
        </div>
        <Panel padded={false}>
          <ul className={classes.rows} aria-label="Applications">
            {applications.map((application) => (
              <RedirectionRow
                key={application.id}
                application={application}
                redirection={shownRedirection(application, drafts)}
                idps={idps}
                error={errors[application.id]}
                onEdit={(edit) => setDrafts(withEdit(application, drafts, edit))}
              />
            ))}
          </ul>
          {pager}
        </Panel>
        <NoSsoTable applications={applications} />
        <ProxyHelp applications={applications} />
      </Page>
      <SaveBar
        changes={changed.map(({ application }) => application.name)}
        savedText="All changes are saved"
        primary="save"
        busy={isSaving ? 'save' : null}
        onSave={() => void save()}
        onDiscard={() => {
          setDrafts({});
          setErrors({});
        }}
      />
      <BlockedNavigation changes={changed.map(({ application }) => application.name)} />
    </>
  );
}
