import type { Connector } from '@gatehouse/contracts/connector';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { FormError } from '../../components/forms/form-error.tsx';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { SaveBar } from '../../components/ui/save-bar.tsx';
import { SkeletonBar, Skeletons } from '../../components/ui/skeleton.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TabLinks } from '../../components/ui/tab-links.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { connectorQuery, type RunIntent } from './api.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { ConnectorEditorContext } from './connector-editor-context.ts';
import { ConnectorNotices } from './connector-notices.tsx';
import classes from './connector-page.module.css';
import { connectorState } from './connector-state.ts';
import { changedNames } from './connector-values.ts';
import { RunStartProblemPanel } from './run-start-problem.tsx';
import { StartDialogs } from './start-dialogs.tsx';
import { useConnectorForm } from './use-connector-form.ts';
import { useRunStart } from './use-run-start.ts';

/** One connector: its tabs share one form, saved by the bar at the bottom. */
export function ConnectorPage() {
  const { connectorId } = useParams({ from: '/app/connectors/$connectorId' });
  const query = useQuery(connectorQuery(connectorId));
  if (isApiError(query.error, 'not-found', 'bad-request', 'invalid-field')) return <ConnectorGone />;
  if (query.data) return <ConnectorEditorPage key={connectorId} connector={query.data} />;
  return (
    <Page>
      {query.error ? (
        <ErrorPanel
          title="The connector cannot be shown"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Skeletons label="Loading the connector">
          <SkeletonBar width={260} height={28} />
          <SkeletonBar height={36} />
          <SkeletonBar width="60%" height={180} />
        </Skeletons>
      )}
    </Page>
  );
}

function ConnectorGone() {
  return (
    <Page>
      <PageHeader title="No such connector" />
      <EmptyState
        title="There is no connector at this address"
        lead="It was removed, or the address is not complete."
        actions={
          <ButtonLink to="/connectors" variant="filled">
            Open User Sync
          </ButtonLink>
        }
      />
    </Page>
  );
}

function ConnectorEditorPage({ connector }: { connector: Connector }) {
  const tab = useLocation().pathname.split('/')[3] ?? 'connection';
  const isAdmin = useIsAdmin();
  const { editor, busy, run, notices, clearNotices } = useConnectorForm(connector, tab);
  const { form, dispatch, goToField } = editor;
  const { start, starting, problem } = useRunStart();
  const [asked, setAsked] = useState<RunIntent | null>(null);
  const changes = changedNames(form.saved, form.values);

  async function saveAndStart(intent: RunIntent): Promise<void> {
    const saved = changes.length === 0 || (await run('save'));
    if (saved) await start(connector.id, intent);
    setAsked(null);
  }

  const simulate = () => (changes.length > 0 ? setAsked('simulate') : void start(connector.id, 'simulate'));
  return (
    <ConnectorEditorContext value={editor}>
      <div className={classes.layout}>
        <div className={classes.page}>
          <Page>
            <ConnectorHeader connector={connector}>
              {isAdmin && (
                <>
                  <Button
                    loading={starting?.intent === 'simulate'}
                    disabled={starting !== null}
                    onClick={simulate}
                  >
                    Simulate
                  </Button>
                  <Button disabled={starting !== null} onClick={() => setAsked('apply')}>
                    Sync
                  </Button>
                </>
              )}
            </ConnectorHeader>
            <ConnectorTabs connectorId={connector.id} />
            <div className={classes.notices}>
              {problem !== null && (
                <RunStartProblemPanel problem={problem} onToken={() => goToField('apiToken')} />
              )}
              <ConflictNotice form={form} dispatch={dispatch} />
              <ConnectorNotices
                notices={notices}
                onClose={clearNotices}
                onToken={() => goToField('apiToken')}
              />
            </div>
            <Outlet />
          </Page>
        </div>
        {isAdmin && (tab !== 'runs' || changes.length > 0) && (
          <div className={classes.foot}>
            {form.formError !== undefined && (
              <div className={classes.formError}>
                <FormError text={form.formError} />
              </div>
            )}
            <SaveBar
              changes={changes}
              savedText={
                <span>
                  All changes saved <RelativeTime instant={connector.changedAt} />
                </span>
              }
              primary={tab === 'connection' ? 'save-and-test' : 'save'}
              busy={busy}
              onSave={() => void run('save')}
              onSaveAndReturn={() => void run('save-and-return')}
              onSaveAndTest={() => void run('save-and-test')}
              onDiscard={() => dispatch({ type: 'discarded' })}
            />
          </div>
        )}
      </div>
      <StartDialogs
        asked={asked}
        name={connector.name}
        changes={changes}
        busy={starting !== null || busy !== null}
        onClose={() => setAsked(null)}
        onConfirm={saveAndStart}
      />
      <BlockedNavigation changes={changes} stayWithin={`/connectors/${connector.id}/`} />
    </ConnectorEditorContext>
  );
}

function ConnectorHeader({ connector, children }: { connector: Connector; children: React.ReactNode }) {
  const { pill, word } = connectorState(connector);
  return (
    <PageHeader
      title={connector.name}
      breadcrumbs={[{ key: 'user-sync', link: <Link to="/connectors">User Sync</Link> }]}
      pill={<StatePill state={pill}>{word}</StatePill>}
      meta={
        <>
          {connector.settings.domain} → <TextWithHiddenCharacters text={connector.directory.name} />
        </>
      }
      actions={children}
    >
      <TextWithHiddenCharacters text={connector.name} />
    </PageHeader>
  );
}

function ConnectorTabs({ connectorId }: { connectorId: string }) {
  const params = { connectorId };
  return (
    <TabLinks label="Parts of the connector">
      <Link to="/connectors/$connectorId/connection" params={params}>
        Connection
      </Link>
      <Link to="/connectors/$connectorId/sync-settings" params={params}>
        Sync Settings
      </Link>
      <Link to="/connectors/$connectorId/runs" params={params}>
        Runs
      </Link>
    </TabLinks>
  );
}
