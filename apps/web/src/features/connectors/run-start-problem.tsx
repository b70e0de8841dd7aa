import { Button } from '@mantine/core';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import type { RunStartProblem } from './use-run-start.ts';

type RunStartProblemPanelProps = {
  problem: RunStartProblem;
  /** Given on the connector's own page: puts the focus into the token field. */
  onToken?: () => void;
};

/** Why no run was started, and the way on. */
export function RunStartProblemPanel({ problem, onToken }: RunStartProblemPanelProps) {
  if (problem.kind === 'other') {
    return <ErrorPanel title="No run was started" error={problem.error} onRetry={problem.retry} />;
  }
  const params = { connectorId: problem.connectorId };
  if (problem.kind === 'token-missing') {
    return (
      <div role="alert">
        <Callout
          kind="warning"
          title="The API token is missing. No run was started."
          actions={
            onToken ? (
              <Button variant="filled" onClick={onToken}>
                Go to the API token
              </Button>
            ) : (
              <ButtonLink to="/connectors/$connectorId/connection" params={params} variant="filled">
                Go to the API token
              </ButtonLink>
            )
          }
        >
          Without it, Okta answers nothing.
        </Callout>
      </div>
    );
  }
  const { runId } = problem;
  return (
    <div role="alert">
      <Callout
        kind="waiting"
        title={runId === null ? 'A run is in progress.' : `Run #${runId} is in progress.`}
        actions={
          runId === null ? (
            <ButtonLink to="/connectors/$connectorId/runs" params={params} variant="filled">
              Open the runs
            </ButtonLink>
          ) : (
            <ButtonLink to="/runs/$runId" params={{ runId: String(runId) }} variant="filled">
              Open run #{runId}
            </ButtonLink>
          )
        }
      >
        A connector does one run at a time. No other was started.
      </Callout>
    </div>
  );
}
