import type { ConnectionCheck, ConnectionTest } from '@gatehouse/contracts/connector';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Checklist, type ChecklistDetail, type ChecklistLine } from '../../components/ui/checklist.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { Mono } from '../../components/ui/mono.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { formatDuration } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { connectionTestQuery } from './api.ts';
import classes from './connection.module.css';
import { glyphOfCheck, isBeforeChange, spokenResult, summaryOfTest } from './connection-test-lines.ts';
import { useConnectorEditor } from './connector-editor-context.ts';

/** The last or running test of what is saved: each check with what was found and how long it took. */
export function ConnectionTestPanel() {
  const { connector, testAgain, testing } = useConnectorEditor();
  const isAdmin = useIsAdmin();
  const query = useQuery(connectionTestQuery(connector.id));
  const now = useNow();
  const test = query.data?.test ?? connector.connectionTest;
  useAnnouncedResult(test);
  if (query.isError && test === null) {
    return (
      <ErrorPanel
        title="The connection test cannot be shown"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (test === null) return null;
  const older = isBeforeChange(test, connector);
  return (
    <Panel
      title="Connection test"
      note={older ? `${summaryOfTest(test, now)}, before the last change` : summaryOfTest(test, now)}
      padded={false}
      action={
        isAdmin && (
          <Button
            size="xs"
            leftSection={<IconRefresh size={14} stroke={1.8} />}
            onClick={testAgain}
            loading={testing}
            disabled={test.state === 'running'}
          >
            Test again
          </Button>
        )
      }
    >
      <Checklist
        label="Checks of the connection"
        density="dense"
        lines={test.checks.map((check) => lineOf(check, isAdmin && test.state !== 'running'))}
      />
      {isAdmin && test.state === 'passed' && !older && connector.lastRun?.state !== 'done' && (
        <p className={classes.next}>
          Next: <strong>Simulate</strong>, at the top of this page. It shows every change and writes nothing.
        </p>
      )}
    </Panel>
  );
}

function lineOf(check: ConnectionCheck, withActions: boolean): ChecklistLine {
  const { code, label, fact, durationMs, problem } = check;
  return {
    id: code,
    state: glyphOfCheck(check),
    name: label,
    ...(fact === null ? {} : { fact: <TextWithHiddenCharacters text={fact} /> }),
    ...(durationMs === null ? {} : { time: formatDuration(durationMs) }),
    ...(problem === null ? {} : { detail: detailOf(problem, withActions) }),
  };
}

type CheckProblem = NonNullable<ConnectionCheck['problem']>;

function detailOf(problem: CheckProblem, withActions: boolean): ChecklistDetail {
  return {
    saw: (
      <>
        <TextWithHiddenCharacters text={problem.saw} />
        <OktaIds problem={problem} />
      </>
    ),
    matters: <TextWithHiddenCharacters text={problem.matters} />,
    todo: <TextWithHiddenCharacters text={problem.advice} />,
    ...(withActions ? { actions: <CheckActions field={problem.field} /> } : {}),
  };
}

/** What Okta's support asks for. */
function OktaIds({ problem }: { problem: CheckProblem }) {
  const ids: { label: string; value: string | null }[] = [
    { label: 'Okta’s code', value: problem.oktaCode },
    { label: 'Error id', value: problem.oktaErrorId },
    { label: 'Request id', value: problem.oktaRequestId },
  ];
  const known = ids.filter(({ value }) => value !== null);
  if (known.length === 0) return null;
  return (
    <span className={classes.facts}>
      {known.map(({ label, value }) => (
        <span key={label}>
          {label} <Mono>{value}</Mono>
        </span>
      ))}
    </span>
  );
}

function CheckActions({ field }: { field: CheckProblem['field'] }): ReactNode {
  const { connector, edit, goToField, testAgain, testing } = useConnectorEditor();
  const replaceToken = () => {
    if (connector.apiToken.set) edit({ apiToken: '' });
    goToField('apiToken');
  };
  return (
    <>
      {field === 'apiToken' && (
        <Button size="xs" variant="filled" onClick={replaceToken}>
          {connector.apiToken.set ? 'Replace token' : 'Go to the API token'}
        </Button>
      )}
      {field === 'domain' && (
        <Button size="xs" variant="filled" onClick={() => goToField('domain')}>
          Go to the Okta domain
        </Button>
      )}
      <Button size="xs" variant={field === null ? 'filled' : 'default'} loading={testing} onClick={testAgain}>
        Test again
      </Button>
    </>
  );
}

/** Told once, when a test that ran on this screen is over. */
function useAnnouncedResult(test: ConnectionTest | null): void {
  const announce = useAnnounce();
  const ran = useRef(false);
  useEffect(() => {
    if (test === null) return;
    if (ran.current && test.state !== 'running') announce(spokenResult(test));
    ran.current = test.state === 'running';
  }, [test, announce]);
}
