import type { Plan } from '@gatehouse/contracts/plan';
import type { Run } from '@gatehouse/contracts/run';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { formatNoun } from '../../lib/format.ts';
import { useDiscardRun } from './api.ts';
import { goingThrough } from './review-totals.ts';

/** Closes a plan without applying it. */
export function DiscardButton({ run, plan }: { run: Run; plan: Plan | undefined }) {
  const [asking, setAsking] = useState(false);
  const discard = useDiscardRun(run.id);
  const what = plan === undefined ? 'this plan' : formatNoun(goingThrough(plan.totals).changes, 'change');
  const close = () => {
    setAsking(false);
    discard.reset();
  };
  return (
    <>
      <Button
        variant={plan?.verdict.outcome === 'hold' || plan === undefined ? 'default' : 'subtle'}
        onClick={() => setAsking(true)}
      >
        Discard
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={`Discard ${what}?`}
        confirmText={`Discard ${what}`}
        cancelText="Keep the plan"
        onConfirm={() => discard.mutate(undefined, { onSuccess: close })}
        busy={discard.isPending}
        error={discard.error?.message}
      >
        Nothing of this plan is written, and the directory stays as it is. The plan can still be read. The
        next sync compares anew.
      </ConfirmDialog>
    </>
  );
}
