import type { Account } from '@gatehouse/contracts/account';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { passwordSchema } from '@gatehouse/contracts/primitives';
import { Button, Modal, PasswordInput, Radio, TextInput } from '@mantine/core';
import { z } from 'zod';
import { FormError } from '../../components/forms/form-error.tsx';
import { useZodForm } from '../../components/forms/use-zod-form.ts';
import { changedFields } from './account-changes.ts';
import { useChangeAccount, useCreateAccount } from './api.ts';
import classes from './settings.module.css';

const schema = z.object({
  ...endpoints.createAccount.body.shape,
  /** Empty when an account keeps its password. */
  password: z.union([z.literal(''), passwordSchema]),
});

const newSchema = endpoints.createAccount.body;

type AccountDialogProps = { account: Account | null; onClose: () => void };

/** Adds a person, or edits one: name, e-mail, role, a new password. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  return (
    <Modal opened onClose={onClose} title={account ? `Edit ${account.name}` : 'Add a person'} size={440}>
      <AccountForm account={account} onClose={onClose} />
    </Modal>
  );
}

function AccountForm({ account, onClose }: AccountDialogProps) {
  const create = useCreateAccount();
  const change = useChangeAccount();
  const form = useZodForm({
    initialValues: {
      name: account?.name ?? '',
      email: account?.email ?? '',
      role: account?.role ?? ('support' as Account['role']),
      password: '',
    },
    schema: account ? schema : newSchema,
    fieldOfCode: { 'email-taken': 'email', 'password-weak': 'password', 'last-admin': 'role' },
  });
  const answer = { onSuccess: onClose, onError: form.showServerError };
  const submit = form.onSubmit((values) => {
    form.clearServerError();
    if (account) change.mutate({ accountId: account.id, change: changedFields(account, values) }, answer);
    else create.mutate(values, answer);
  });
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <FormError text={form.formError} />
      <TextInput {...form.getInputProps('name')} label="Name" data-autofocus autoComplete="off" />
      <TextInput {...form.getInputProps('email')} label="E-mail" type="email" autoComplete="off" />
      <Radio.Group {...form.getInputProps('role')} label="Role">
        <div className={classes.form} style={{ gap: 8 }}>
          <Radio
            value="support"
            label="Support"
            description="Sees trackers and starts test logins. Nothing else."
          />
          <Radio value="admin" label="Administrator" description="Sees and changes everything." />
        </div>
      </Radio.Group>
      <PasswordInput
        {...form.getInputProps('password')}
        label={account ? 'New password' : 'Password'}
        description={
          account
            ? 'Leave it empty to keep the present one. A new role or password ends the sessions of this account.'
            : '12 to 128 characters. Hand it over safely; it can be changed after signing in.'
        }
        autoComplete="new-password"
      />
      <div className={classes.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" loading={create.isPending || change.isPending}>
          {account ? 'Save' : 'Add this person'}
        </Button>
      </div>
    </form>
  );
}
