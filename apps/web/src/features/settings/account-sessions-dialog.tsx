import type { Account } from '@gatehouse/contracts/account';
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FormError } from '../../components/forms/form-error.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { accountSessionsQuery, useEndAccountSessions } from './api.ts';
import { SessionTable } from './session-table.tsx';
import classes from './settings.module.css';

/** Where an account is signed in, and ending it. */
export function AccountSessionsDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const sessions = useQuery(accountSessionsQuery(account.id));
  const end = useEndAccountSessions();
  const others = sessions.data?.items.filter((session) => !session.current).length ?? 0;
  return (
    <Modal opened onClose={onClose} title={`Sessions of ${account.name}`} size={640}>
      <div className={classes.form}>
        {sessions.isPending && <SkeletonRows label="Loading the sessions" rows={2} rowHeight={56} />}
        {sessions.isError && (
          <ErrorPanel
            title="The sessions could not be read"
            error={sessions.error}
            onRetry={() => void sessions.refetch()}
          />
        )}
        {sessions.data && (
          <Panel padded={false}>
            <SessionTable sessions={sessions.data.items} />
          </Panel>
        )}
        <FormError text={end.error?.message} />
        <div className={classes.buttons}>
          <Button onClick={onClose}>Close</Button>
          {others > 0 && (
            <Button
              variant="danger"
              loading={end.isPending}
              onClick={() => end.mutate(account.id, { onSuccess: onClose })}
            >
              {others === 1 ? 'End 1 session' : `End ${others} sessions`}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
