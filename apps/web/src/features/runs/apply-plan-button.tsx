import type { Plan } from '@gatehouse/contracts/plan';
import type { Run } from '@gatehouse/contracts/run';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { formatNoun } from '../../lib/format.ts';
import { useApplyPlan } from './api.ts';
import classes from './review.module.css';
import { applySentences, goingThrough } from './review-totals.ts';

/** *Apply exactly this plan*: asks once, with the numbers, and goes to the run that writes it. */
export function ApplyPlanButton({ run, plan }: { run: Run; plan: Plan }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const apply = useApplyPlan(run.id, (started) => {
    void navigate({ to: '/runs/$runId', params: { runId: String(started.id) } });
  });
  const count = formatNoun(goingThrough(plan.totals).changes, 'change');
  const close = () => {
    setAsking(false);
    apply.reset();
  };
  return (
    <>
      <Button variant="filled" onClick={() => setAsking(true)}>
        Apply exactly this plan
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={`Apply ${count}?`}
        confirmText={`Apply ${count}`}
        onConfirm={() => apply.mutate(plan.id)}
        busy={apply.isPending}
        error={apply.error?.message}
      >
        <ul className={classes.consequences}>
          {applySentences(plan.totals, plan.applicable.drifting).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className={classes.consequence}>
          Each row is checked again before it is written. Nothing is written that is not in this list.
        </p>
      </ConfirmDialog>
    </>
  );
}
