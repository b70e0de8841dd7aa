import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { useStartRun } from './api.ts';
import classes from './review.module.css';

type StartRunButtonProps = {
  connectorId: string;
  intent?: 'simulate' | 'apply';
  /** The one ink button of its place. */
  ink?: boolean;
  text?: string;
};

/** Starts a run of the same connector and goes to it. */
export function StartRunButton(props: StartRunButtonProps) {
  const { connectorId, intent = 'simulate', ink = true, text = 'Simulate again' } = props;
  const navigate = useNavigate();
  const announce = useAnnounce();
  const goTo = (runId: number) => void navigate({ to: '/runs/$runId', params: { runId: String(runId) } });
  const start = useStartRun(connectorId, (run) => goTo(run.id));
  const goToRunning = (error: Error) => {
    const running = isApiError(error, 'run-in-progress') ? error.facts.runId : undefined;
    if (typeof running !== 'number') return;
    announce(`Run #${running} is in progress.`);
    goTo(running);
  };
  return (
    <>
      {start.error !== null && (
        <span className={classes.startError} role="alert">
          {start.error.message}
        </span>
      )}
      <Button
        variant={ink ? 'filled' : 'default'}
        loading={start.isPending}
        onClick={() => start.mutate(intent, { onError: goToRunning })}
      >
        {text}
      </Button>
    </>
  );
}
