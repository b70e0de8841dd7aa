import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { AuthCard } from '../../components/ui/auth-card.tsx';
import { Mono } from '../../components/ui/mono.tsx';
import { usePageTitle } from '../../components/ui/use-page-title.ts';
import { serverQuery } from '../../lib/session.ts';
import classes from './sign-in.module.css';
import { SignInForm } from './sign-in-form.tsx';

/** `/sign-in`; afterwards back to the page that was asked for. */
export function SignInPage() {
  const router = useRouter();
  const { to } = useSearch({ from: '/sign-in' });
  const server = useQuery(serverQuery).data;
  usePageTitle('Sign in');
  return (
    <AuthCard foot={server && `${new URL(server.publicUrl).host} · Gatehouse ${server.version}`}>
      <h1 className={classes.title}>Sign in</h1>
      <p className={classes.lead}>For administrators and support staff.</p>
      <SignInForm onSignedIn={() => router.history.push(to ?? '/')} />
      <p className={classes.rescue}>
        Locked out? On the server, run
        <br />
        <Mono>gatehouse reset-admin --email &lt;your e-mail&gt;</Mono>
      </p>
    </AuthCard>
  );
}
