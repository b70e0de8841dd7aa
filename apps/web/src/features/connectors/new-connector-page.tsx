import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { FormError } from '../../components/forms/form-error.tsx';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { SaveBar } from '../../components/ui/save-bar.tsx';
import { useIsAdmin } from '../../lib/session.ts';
import connection from './connection.module.css';
import { ConnectionFields } from './connection-fields.tsx';
import classes from './connector-page.module.css';
import { TokenInstructions } from './token-instructions.tsx';
import { useNewConnector } from './use-new-connector.ts';

/** Create Connector → Okta: the kind, then the connection. */
export function NewConnectorPage() {
  const isAdmin = useIsAdmin();
  const form = useNewConnector();
  if (!isAdmin) return <AdminsOnly />;
  const chosen = form.draft.kind !== null;
  return (
    <div className={classes.layout}>
      <div className={classes.page}>
        <Page>
          <PageHeader
            title={chosen ? 'New Okta connector' : 'Create Connector'}
            breadcrumbs={[{ key: 'user-sync', link: <Link to="/connectors">User Sync</Link> }]}
            description={
              chosen
                ? 'Nothing is read or written before you simulate or sync.'
                : 'Where do the users and groups come from?'
            }
          />
          {chosen ? <ConnectionStep form={form} /> : <KindStep onChoose={form.chooseKind} />}
        </Page>
      </div>
      {chosen && (
        <div className={classes.foot}>
          {form.formError !== undefined && (
            <div className={classes.formError}>
              <FormError text={form.formError} />
            </div>
          )}
          <SaveBar
            changes={form.changes}
            savedText="Not saved yet"
            unsaved
            primary="save-and-test"
            busy={form.busy}
            onSave={() => void form.run('save')}
            onSaveAndReturn={() => void form.run('save-and-return')}
            onSaveAndTest={() => void form.run('save-and-test')}
            onDiscard={form.discard}
          />
        </div>
      )}
      <BlockedNavigation changes={form.lostOnLeaving} />
    </div>
  );
}

function KindStep({ onChoose }: { onChoose: () => void }) {
  return (
    <div className={classes.kinds}>
      <button type="button" className={classes.kind} onClick={onChoose}>
        <span className={classes.kindName}>Okta</span>
        <span className={classes.kindText}>
          Users, groups and memberships, read with an API token. You need an administrator account of your
          Okta organization.
        </span>
      </button>
    </div>
  );
}

function ConnectionStep({ form }: { form: ReturnType<typeof useNewConnector> }) {
  const { draft, apiToken, errors, edit, checkDomain, run, refs } = form;
  const { name } = refs;
  // The button that brought us here is gone.
  useEffect(() => name.current?.focus(), [name]);
  return (
    <div className={connection.layout}>
      <div className={connection.form}>
        <ConnectionFields
          values={{ name: draft.name, domain: draft.domain, apiToken }}
          errors={errors}
          onChange={edit}
          onDomainChecked={checkDomain}
          storedToken={null}
          onSubmit={() => void run('save-and-test')}
          refs={refs}
        />
      </div>
      <TokenInstructions domain={draft.domain} />
    </div>
  );
}

function AdminsOnly() {
  return (
    <Page>
      <PageHeader title="Create Connector" />
      <EmptyState
        title="Administrators create connectors"
        lead="Your account reads: it sees connectors, runs and people, and changes nothing."
        actions={<ButtonLink to="/connectors">Back to User Sync</ButtonLink>}
      />
    </Page>
  );
}
