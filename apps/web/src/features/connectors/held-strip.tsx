import type { RunSummary } from '@gatehouse/contracts/run';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { formatNoun } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { useDiscardHeldRun } from './api.ts';
import classes from './connector-page.module.css';
import { heldChangesOf } from './connector-state.ts';
import { heldWords } from './held-words.ts';

/** The strip of a run that the guard holds: nothing of it is applied. */
export function HeldStrip({ run }: { run: RunSummary }) {
  const isAdmin = useIsAdmin();
  const discard = useDiscardHeldRun();
  const [asked, setAsked] = useState(false);
  const { title, text, reviewText } = heldWords(run);
  return (
    <div className={classes.held}>
      <Callout
        kind="held"
        compact
        title={title}
        actions={
          <>
            {isAdmin && (
              <Button size="xs" onClick={() => setAsked(true)}>
                Discard the plan
              </Button>
            )}
            <ButtonLink
              size="xs"
              variant="filled"
              to="/runs/$runId/review"
              params={{ runId: String(run.id) }}
            >
              {reviewText}
            </ButtonLink>
          </>
        }
      >
        {text}
      </Callout>
      <ConfirmDialog
        opened={asked}
        onClose={() => {
          discard.reset();
          setAsked(false);
        }}
        onConfirm={() => discard.mutate(run.id, { onSuccess: () => setAsked(false) })}
        title={`Discard the plan of run #${run.id}?`}
        confirmText="Discard the plan"
        cancelText="Keep it held"
        busy={discard.isPending}
        error={discard.error?.message}
      >
        {formatNoun(heldChangesOf(run.counters), 'planned change')} will not be applied. The directory stays
        as it is, and the next run reads Okta anew and plans again.
      </ConfirmDialog>
    </div>
  );
}
