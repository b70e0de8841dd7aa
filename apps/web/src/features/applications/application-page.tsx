import { type Application, applicationKindLabels } from '@gatehouse/contracts/application';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { applicationQuery, useChangeApplication } from './api.ts';
import { ApplicationFields, type ApplicationValues, useApplicationForm } from './application-form.tsx';
import classes from './applications.module.css';
import { RemoveApplication } from './remove-application.tsx';

/** One application: what it is, where its logins begin, and the way round. */
export function ApplicationPage() {
  const { applicationId } = useParams({ from: '/app/applications/$applicationId' });
  const query = useQuery(applicationQuery(applicationId));
  if (query.isError && !query.data) {
    return (
      <Page>
        <PageHeader
          title="Application"
          breadcrumbs={[{ key: 'list', link: <Link to="/applications">Applications</Link> }]}
        />
        <ErrorPanel
          title="The application cannot be shown"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      </Page>
    );
  }
  if (query.data === undefined) {
    return (
      <Page>
        <SkeletonRows label="Loading the application" rows={5} rowHeight={56} />
      </Page>
    );
  }
  return <ApplicationView application={query.data} onReload={() => void query.refetch()} />;
}

function ApplicationView({ application, onReload }: { application: Application; onReload: () => void }) {
  const { name, kind, baseUrl, jsm, version } = application;
  const facts = [
    baseUrl.replace(/^https?:\/\//, ''),
    applicationKindLabels[kind],
    ...(jsm ? ['with Jira Service Management'] : []),
  ];
  return (
    <Page>
      <PageHeader
        title={name}
        breadcrumbs={[{ key: 'list', link: <Link to="/applications">Applications</Link> }]}
        description={facts.join(' · ')}
        actions={<ButtonLink to="/redirection">Redirection</ButtonLink>}
      />
      <div className={classes.layout}>
        <div className={classes.main}>
          <EditForm key={version} application={application} onReload={onReload} />
          <RemoveApplication application={application} />
        </div>
        <div className={classes.aside}>
          <Addresses application={application} />
        </div>
      </div>
    </Page>
  );
}

/** Names of the fields that differ from what is saved. */
function changesOf(saved: Application, values: Partial<ApplicationValues>): string[] {
  return [
    ...(saved.kind === values.kind ? [] : ['Kind']),
    ...(saved.name === values.name ? [] : ['Name']),
    ...(saved.baseUrl === values.baseUrl ? [] : ['Base URL']),
    ...(saved.jsm === values.jsm ? [] : ['Jira Service Management']),
  ];
}

function EditForm({ application, onReload }: { application: Application; onReload: () => void }) {
  const { id, name, kind, baseUrl, jsm } = application;
  // What stands here belongs to this version, also while a newer one arrives.
  const [version] = useState(application.version);
  const change = useChangeApplication(id);
  const announce = useAnnounce();
  const form = useApplicationForm({ name, kind, baseUrl, jsm });
  const changes = changesOf(application, form.values);
  const submit = form.onSubmit((values) => {
    form.clearServerError();
    change.mutate(
      { ...values, jsm: values.kind === 'jira' && values.jsm, expectedVersion: version },
      {
        onSuccess: () => announce('Saved'),
        onError: (error) => {
          if (isApiError(error, 'version-conflict')) onReload();
          form.showServerError(error);
        },
      },
    );
  });
  return (
    <Panel title="Application">
      <ApplicationFields
        form={form}
        onSubmit={submit}
        buttons={
          <div className={classes.buttons}>
            <Button type="submit" variant="filled" loading={change.isPending} disabled={changes.length === 0}>
              Save
            </Button>
            {changes.length > 0 && <Button onClick={() => form.reset()}>Discard</Button>}
          </div>
        }
      />
      <BlockedNavigation changes={changes} />
    </Panel>
  );
}

function Addresses({ application: { loginUrl, noSsoUrls } }: { application: Application }) {
  return (
    <>
      <Panel title="Login address">
        <CopyField
          label="Login through Gatehouse"
          value={loginUrl}
          hint="Where its login page sends people. What to paste into the product or its proxy stands under Redirection."
        />
      </Panel>
      <Panel title="The way round: nosso">
        <div className={classes.fields}>
          {noSsoUrls.map(({ label, url }) => (
            <CopyField key={url} label={label} value={url} />
          ))}
          <p className={classes.dim}>These addresses always show the product’s own login page.</p>
        </div>
      </Panel>
    </>
  );
}
