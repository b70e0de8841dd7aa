import type { Account } from '@gatehouse/contracts/account';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { useChangeAccount } from './api.ts';

/** Disables an account, or enables it again. */
export function EnableAccountDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const change = useChangeAccount();
  const { id, name, enabled } = account;
  const verb = enabled ? 'Disable' : 'Enable';
  const confirm = () =>
    change.mutate({ accountId: id, change: { enabled: !enabled } }, { onSuccess: onClose });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`${verb} ${name}?`}
      confirmText={`${verb} this account`}
      onConfirm={confirm}
      busy={change.isPending}
      error={change.error?.message}
      destructive={enabled}
    >
      {enabled
        ? 'Sessions end at once and signing in is refused. Nothing is deleted; the account can be enabled again.'
        : 'Signing in works again, with the password that was set last.'}
    </ConfirmDialog>
  );
}
