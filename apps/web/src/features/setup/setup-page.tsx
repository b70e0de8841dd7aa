import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { AuthCard, Brand } from '../../components/ui/auth-card.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { usePageTitle } from '../../components/ui/use-page-title.ts';
import { serverQuery } from '../../lib/session.ts';
import { ServerChecks } from './server-checks.tsx';
import classes from './setup.module.css';
import { SetupForm } from './setup-form.tsx';

/** `/setup`: works once, for the first administrator. */
export function SetupPage() {
  usePageTitle('Set up this server');
  const router = useRouter();
  const token = useTokenOfLink();
  const server = useQuery(serverQuery);
  if (server.data?.setUpDone) return <SetUpAlready />;
  return (
    <main className={classes.layout}>
      <div className={classes.formSide}>
        <div className={classes.column}>
          <Brand />
          <h1 className={classes.title}>Set up this server</h1>
          <p className={classes.lead}>You become its first administrator. This page works once.</p>
          <SetupForm token={token} onDone={() => void router.navigate({ to: '/' })} />
        </div>
      </div>
      <div className={classes.checkSide}>
        {server.isError && (
          <ErrorPanel
            title="The checks of this server could not be read"
            error={server.error}
            onRetry={() => void server.refetch()}
          />
        )}
        {server.data && <ServerChecks server={server.data} />}
      </div>
    </main>
  );
}

/** The token of the printed link. It is taken out of the address, so that it stays in no history. */
function useTokenOfLink(): string {
  const router = useRouter();
  const search = useSearch({ from: '/setup' });
  const [token] = useState(search.token ?? '');
  useEffect(() => {
    if (search.token !== undefined) void router.navigate({ to: '/setup', search: {}, replace: true });
  }, [search.token, router]);
  return token;
}

function SetUpAlready() {
  return (
    <AuthCard>
      <h1 className={classes.title}>This server is set up already</h1>
      <p className={classes.lead}>
        The set-up link worked once and is used up. Whoever has no account asks an administrator for one.
      </p>
      <ButtonLink to="/sign-in" variant="filled" size="lg" fullWidth>
        Sign in
      </ButtonLink>
    </AuthCard>
  );
}
