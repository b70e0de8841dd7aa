import type { Idp } from '@gatehouse/contracts/idp';
import { loginFailureWords, trackerSentence } from '@gatehouse/contracts/login-words';
import type { Tracker } from '@gatehouse/contracts/tracker';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FormError } from '../../components/forms/form-error.tsx';
import { TrackerTimeline } from '../../components/tracker/tracker-timeline.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { formatTime } from '../../lib/format.ts';
import { testTrackerQuery, useStartTest } from './api.ts';
import classes from './wizard.module.css';

type LiveTestProps = {
  idp: Idp;
  /** A test that was over before is told by its end alone; its tracker has the steps. */
  brief?: boolean;
};

/** Starts a tracker for an IdP and shows its steps as they happen. */
export function LiveTest({ idp, brief = false }: LiveTestProps) {
  const start = useStartTest(idp.id);
  const [started, setStarted] = useState<string | null>(null);
  const trackerId = started ?? (idp.lastTracker?.kind === 'test' ? idp.lastTracker.id : null);
  const begin = () => start.mutate(undefined, { onSuccess: ({ id }) => setStarted(id) });
  return (
    <div className={classes.live}>
      <FormError text={start.error?.message} />
      {trackerId === null ? (
        <div>
          <Button variant="filled" onClick={begin} loading={start.isPending}>
            Start a test login
          </Button>
        </div>
      ) : (
        <Followed
          idp={idp}
          trackerId={trackerId}
          isBrief={brief && started === null}
          isStarting={start.isPending}
          onAgain={begin}
        />
      )}
    </div>
  );
}

type FollowedProps = {
  idp: Idp;
  trackerId: string;
  isBrief: boolean;
  isStarting: boolean;
  onAgain: () => void;
};

function Followed({ idp, trackerId, isBrief, isStarting, onAgain }: FollowedProps) {
  const { data: tracker } = useQuery(testTrackerQuery(trackerId));
  if (tracker === undefined) return null;
  const { testUrl, expiresAt, state, events } = tracker;
  const isOver = state === 'passed' || state === 'failed' || state === 'timed-out';
  // What passed with other settings says nothing about the present ones.
  const isStale = state === 'passed' && idp.testedAt === null;
  return (
    <>
      {testUrl !== null && (
        <CopyField
          label="Test URL"
          value={testUrl}
          hint={`Open it in a private window, so that no earlier Okta session answers for you. It works once${expiresAt === null ? '' : `, until ${formatTime(expiresAt)}`}.`}
        />
      )}
      {isStale ? (
        <Callout kind="warning" title="The settings changed since this test passed.">
          Test again, so that nobody finds out at their login.
        </Callout>
      ) : (
        <Outcome tracker={tracker} />
      )}
      {events.length > 0 && !(isBrief && isOver) && (
        <Panel title="Steps" note={`Tracker ${trackerId}`} padded={false}>
          <TrackerTimeline
            tracker={tracker}
            actions={(event) => <Hint code={event.code} idpId={tracker.idp.id} />}
          />
        </Panel>
      )}
      <div className={classes.liveButtons}>
        {isOver && (
          <Button
            variant={state === 'passed' && !isStale ? 'default' : 'filled'}
            onClick={onAgain}
            loading={isStarting}
          >
            Test again
          </Button>
        )}
        <Link to="/support/trackers/$trackerId" params={{ trackerId }}>
          Open the tracker
        </Link>
      </div>
    </>
  );
}

function Outcome({ tracker }: { tracker: Tracker }) {
  const { state } = tracker;
  if (state === 'passed') return <Callout kind="passed" title={trackerSentence(tracker)} />;
  if (state === 'failed') {
    return (
      <Callout kind="failed" title={trackerSentence(tracker)}>
        Nobody was logged in, and nothing was changed.
      </Callout>
    );
  }
  if (state === 'timed-out') return <Callout kind="warning" title={trackerSentence(tracker)} />;
  return <Callout kind="waiting" title={trackerSentence(tracker)} />;
}

const credentialFields: ReadonlySet<string> = new Set([
  'domain',
  'issuer',
  'clientId',
  'clientSecret',
  'clientAuthentication',
  'signingAlgorithm',
  'scopes',
  'maximumTokenAgeSeconds',
]);

/** Within the wizard the fix is on one of its steps. */
function Hint({ code, idpId }: { code: Tracker['events'][number]['code']; idpId: string }) {
  const field = code === null ? null : loginFailureWords[code].field;
  if (field === null) return null;
  const step = credentialFields.has(field) ? 'credentials' : 'users';
  return (
    <Link to="/idps/new/$idpId/$step" params={{ idpId, step }}>
      {step === 'credentials' ? 'Go to Credentials' : 'Go to User creation and update'}
    </Link>
  );
}
