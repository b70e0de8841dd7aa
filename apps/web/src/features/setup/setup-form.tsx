import { endpoints } from '@gatehouse/contracts/endpoints';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { FormError } from '../../components/forms/form-error.tsx';
import { useZodForm } from '../../components/forms/use-zod-form.ts';
import { useSetUp } from './api.ts';
import classes from './setup.module.css';

/** The first administrator, with the token that only somebody on the host can read. */
export function SetupForm({ token, onDone }: { token: string; onDone: () => void }) {
  const setUp = useSetUp();
  const form = useZodForm({
    initialValues: { token, name: '', email: '', password: '' },
    schema: endpoints.setUp.body,
    fieldOfCode: { 'setup-token-wrong': 'token', 'too-many-requests': 'token', 'password-weak': 'password' },
  });
  const submit = form.onSubmit((values) => {
    form.clearServerError();
    setUp.mutate(values, { onSuccess: onDone, onError: form.showServerError });
  });
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <FormError text={form.formError} />
      <TextInput
        {...form.getInputProps('token')}
        className={classes.token ?? ''}
        size="lg"
        label="Set-up token"
        description="Printed at the start, also in the file setup-token of the data directory."
        autoComplete="off"
        spellCheck={false}
        autoFocus={token === ''}
      />
      <TextInput
        {...form.getInputProps('name')}
        size="lg"
        label="Your name"
        autoComplete="name"
        autoFocus={token !== ''}
      />
      <TextInput
        {...form.getInputProps('email')}
        size="lg"
        label="E-mail"
        type="email"
        autoComplete="username"
      />
      <PasswordInput
        {...form.getInputProps('password')}
        size="lg"
        label="Password"
        description="12 to 128 characters. A sentence is easier than symbols."
        autoComplete="new-password"
      />
      <Button type="submit" variant="filled" size="lg" fullWidth loading={setUp.isPending} mt={4}>
        Create administrator and go on
      </Button>
    </form>
  );
}
