import { Button, PasswordInput, TextInput } from '@mantine/core';
import { z } from 'zod';
import { FormError } from '../../components/forms/form-error.tsx';
import { useZodForm } from '../../components/forms/use-zod-form.ts';
import { useSignIn } from './api.ts';
import classes from './sign-in.module.css';

const schema = z.object({
  email: z.string().trim().min(1, 'Enter your e-mail.'),
  password: z.string().min(1, 'Enter your password.'),
});

type SignInFormProps = {
  /** Filled in when only the session ended. */
  email?: string;
  onSignedIn: () => void;
};

/** E-mail and password. A wrong pair is said under the password, without telling which one. */
export function SignInForm({ email = '', onSignedIn }: SignInFormProps) {
  const signIn = useSignIn();
  const form = useZodForm({
    initialValues: { email, password: '' },
    schema,
    fieldOfCode: { 'sign-in-failed': 'password', 'too-many-requests': 'password' },
  });
  const submit = form.onSubmit((values) => {
    form.clearServerError();
    signIn.mutate(values, { onSuccess: onSignedIn, onError: form.showServerError });
  });
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <FormError text={form.formError} />
      <TextInput
        {...form.getInputProps('email')}
        label="E-mail"
        type="email"
        size="lg"
        autoComplete="username"
        data-autofocus={email === '' || undefined}
      />
      <PasswordInput
        {...form.getInputProps('password')}
        label="Password"
        size="lg"
        autoComplete="current-password"
        data-autofocus={email !== '' || undefined}
      />
      <Button type="submit" variant="filled" size="lg" fullWidth loading={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
