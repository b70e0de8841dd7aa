import type { Run } from '@gatehouse/contracts/run';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { formatCount, formatNoun } from '../../lib/format.ts';
import { useCancelRun } from './api.ts';

/** *Cancel run*: asks once and says what stays. */
export function CancelRunButton({ run }: { run: Run }) {
  const [asking, setAsking] = useState(false);
  const cancel = useCancelRun(run.id);
  const close = () => {
    setAsking(false);
    cancel.reset();
  };
  return (
    <>
      <Button onClick={() => setAsking(true)} disabled={run.cancelRequested}>
        {run.cancelRequested ? 'Cancelling…' : 'Cancel run'}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={`Cancel run #${run.id}?`}
        confirmText="Cancel run"
        cancelText="Let it run"
        onConfirm={() => cancel.mutate(undefined, { onSuccess: close })}
        busy={cancel.isPending}
        error={cancel.error?.message}
      >
        {whatStays(run)}
      </ConfirmDialog>
    </>
  );
}

function whatStays({ state, progress }: Run): string {
  if (state !== 'applying')
    return 'Nothing is written yet, and nothing will be. What was read is thrown away.';
  if (progress === null) return 'What is written stays. The other rows are not written.';
  const { applied, applyExpected } = progress;
  const rest =
    applyExpected === null
      ? 'The other rows'
      : `The other ${formatNoun(Math.max(0, applyExpected - applied), 'row')}`;
  return `The ${formatCount(applied)} rows that are written stay. ${rest} are not written. A new simulation shows what is left.`;
}
