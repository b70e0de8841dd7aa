import type { Account } from '@gatehouse/contracts/account';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { useDeleteAccount } from './api.ts';

/** Deletes an account for good; its name must be typed. */
export function DeleteAccountDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const remove = useDeleteAccount();
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Delete the account of ${account.name}?`}
      confirmText="Delete this account"
      onConfirm={() => remove.mutate(account.id, { onSuccess: onClose })}
      busy={remove.isPending}
      error={remove.error?.message}
      destructive
      typed={{ expected: account.email, label: `Type ${account.email} to delete` }}
    >
      The account is gone and its sessions end. The audit keeps what it did, under its name. Disabling does
      the same for now and can be undone.
    </ConfirmDialog>
  );
}
