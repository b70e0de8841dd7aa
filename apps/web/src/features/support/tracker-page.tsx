import { loginFailureWords, trackerSentence } from '@gatehouse/contracts/login-words';
import type { Tracker, TrackerEvent } from '@gatehouse/contracts/tracker';
import { trackerIdSchema } from '@gatehouse/contracts/tracker';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { TrackerStatePill } from '../../components/tracker/tracker-state.tsx';
import { TrackerTimeline } from '../../components/tracker/tracker-timeline.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { Page, PageHeader } from '../../components/ui/page.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { formatDateTime, formatDuration } from '../../lib/format.ts';
import { fieldPath } from '../../lib/idp-paths.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { trackerQuery, useCreateTracker } from './api.ts';
import { ClaimsPanel } from './claims-panel.tsx';
import { ContactSupport } from './contact-support.tsx';
import classes from './support.module.css';
import { TrackerFacts } from './tracker-facts.tsx';
import { UpdatePanel } from './update-panel.tsx';

/** One tracker: its timeline, live, what a failure means and where it is fixed. */
export function TrackerPage() {
  const { trackerId } = useParams({ from: '/app/support/trackers/$trackerId' });
  const id = trackerIdSchema.safeParse(trackerId);
  const query = useQuery({ ...trackerQuery(id.data ?? trackerId), enabled: id.success });
  if (!id.success || query.isError) {
    return (
      <Page>
        <PageHeader
          title="Tracker"
          breadcrumbs={[{ key: 'list', link: <Link to="/support">Tracker List</Link> }]}
        />
        <ErrorPanel
          title={`Tracker ${trackerId.slice(0, 20)} cannot be shown`}
          error={query.error ?? new Error('A tracker id looks like 4KX-9TQ.')}
          onRetry={id.success ? () => void query.refetch() : undefined}
        />
      </Page>
    );
  }
  if (query.data === undefined) {
    return (
      <Page>
        <SkeletonRows label="Loading the tracker" rows={8} rowHeight={42} />
      </Page>
    );
  }
  return <TrackerView tracker={query.data} />;
}

function TrackerView({ tracker }: { tracker: Tracker }) {
  const { id, state, events, testUrl } = tracker;
  useAnnouncedEnd(tracker);
  return (
    <Page>
      <PageHeader
        title={`Tracker ${id}`}
        breadcrumbs={[{ key: 'list', link: <Link to="/support">Tracker List</Link> }]}
        pill={<TrackerStatePill state={state} />}
        description={whenAndWhat(tracker)}
        actions={tracker.finishedAt !== null && <TestAgain tracker={tracker} />}
      />
      <div className={classes.layout}>
        <div className={classes.main}>
          <End tracker={tracker} />
          {testUrl !== null && (
            <Panel>
              <CopyField
                label="Test URL"
                value={testUrl}
                hint="Open it in a private window, so that no earlier Okta session answers for you. The steps appear here as they happen."
              />
            </Panel>
          )}
          {events.length > 0 && (
            <Panel title="Steps" padded={false}>
              <TrackerTimeline
                tracker={tracker}
                actions={(event) => <Fixes tracker={tracker} event={event} />}
              />
            </Panel>
          )}
          {events.length === 0 && tracker.kind === 'login' && state === 'passed' && (
            <Panel>
              This login went well, so its steps were not kept. Only failed logins and tests keep them.
            </Panel>
          )}
          {tracker.update !== null && <UpdatePanel update={tracker.update} />}
          {tracker.claims !== null && <ClaimsPanel claims={tracker.claims} />}
        </div>
        <aside className={classes.aside} aria-label="About this tracker">
          <TrackerFacts tracker={tracker} />
          <ContactSupport trackerId={id} />
        </aside>
      </div>
    </Page>
  );
}

function whenAndWhat({ kind, idp, application, startedAt, createdAt, finishedAt }: Tracker): string {
  const what =
    kind === 'test'
      ? `Test of ${idp.name}`
      : `Login${application ? ` to ${application.name}` : ''} by ${idp.name}`;
  const when = formatDateTime(startedAt ?? createdAt);
  const took =
    startedAt !== null && finishedAt !== null
      ? `, took ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`
      : '';
  return `${what}, ${when}${took}`;
}

/** How it ended, in one sentence. */
function End({ tracker }: { tracker: Tracker }) {
  const { state, kind } = tracker;
  if (state === 'failed') {
    return (
      <Callout kind="failed" title={trackerSentence(tracker)}>
        Nobody was logged in, and nothing was changed.
      </Callout>
    );
  }
  if (state === 'timed-out') {
    return (
      <Callout kind="warning" title={trackerSentence(tracker)}>
        The URL is over. “Test again” makes a new one.
      </Callout>
    );
  }
  if (state === 'passed') {
    const title =
      kind === 'login' && tracker.events.length === 0 ? 'The login went well.' : trackerSentence(tracker);
    return <Callout kind="passed" title={title} />;
  }
  return <Callout kind="waiting" title={trackerSentence(tracker)} />;
}

/** Links to where a failure is fixed. */
function Fixes({ tracker, event }: { tracker: Tracker; event: TrackerEvent }) {
  const isAdmin = useIsAdmin();
  const field = event.code === null ? null : loginFailureWords[event.code].field;
  if (!isAdmin || field === null) return null;
  const { to, label } = fieldPath(field);
  return (
    <ButtonLink to={to} params={{ idpId: tracker.idp.id }} search={{ field }} variant="filled" size="xs">
      {`Go to ${label}`}
    </ButtonLink>
  );
}

function TestAgain({ tracker }: { tracker: Tracker }) {
  const navigate = useNavigate();
  const { mutate, isPending, error } = useCreateTracker();
  const announce = useAnnounce();
  useEffect(() => {
    if (error) announce(error.message);
  }, [error, announce]);
  return (
    <Button
      loading={isPending}
      title={error?.message}
      onClick={() =>
        mutate(tracker.idp.id, {
          onSuccess: ({ id }) =>
            void navigate({ to: '/support/trackers/$trackerId', params: { trackerId: id } }),
        })
      }
    >
      {tracker.kind === 'test' ? 'Test again' : 'Test this IdP'}
    </Button>
  );
}

/** Said once, when a test that is followed comes to its end. */
function useAnnouncedEnd(tracker: Tracker): void {
  const announce = useAnnounce();
  const { state } = tracker;
  const sentence = trackerSentence(tracker);
  useEffect(() => {
    if (state === 'failed' || state === 'passed') announce(sentence);
  }, [state, sentence, announce]);
}
