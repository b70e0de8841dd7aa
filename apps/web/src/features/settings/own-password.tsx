import { endpoints } from '@gatehouse/contracts/endpoints';
import { Button, PasswordInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { FormError } from '../../components/forms/form-error.tsx';
import { useZodForm } from '../../components/forms/use-zod-form.ts';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { useAccount } from '../../lib/session.ts';
import { useChangePassword } from './api.ts';
import classes from './settings.module.css';

const DONE = 'Your password is changed. Your other sessions are over.';

/** Changes the own password. */
export function OwnPassword() {
  const { email } = useAccount();
  const announce = useAnnounce();
  const change = useChangePassword();
  const form = useZodForm({
    initialValues: { currentPassword: '', newPassword: '' },
    schema: endpoints.changePassword.body,
    fieldOfCode: { 'password-wrong': 'currentPassword', 'password-weak': 'newPassword' },
  });
  const submit = form.onSubmit((values) => {
    form.clearServerError();
    change.mutate(values, {
      onSuccess: () => {
        form.reset();
        announce(DONE);
      },
      onError: form.showServerError,
    });
  });
  return (
    <form className={`${classes.form} ${classes.narrow}`} onSubmit={submit} noValidate>
      <FormError text={form.formError} />
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordInput
        {...form.getInputProps('currentPassword')}
        label="Current password"
        autoComplete="current-password"
      />
      <PasswordInput
        {...form.getInputProps('newPassword')}
        label="New password"
        description="12 to 128 characters. A sentence is easier than symbols."
        autoComplete="new-password"
      />
      {change.isSuccess && (
        <p className={classes.saved}>
          <IconCheck size={16} stroke={2} aria-hidden="true" />
          {DONE}
        </p>
      )}
      <div>
        <Button type="submit" variant="filled" loading={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
