import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ErrorPanel } from '../components/ui/error-panel.tsx';
import { Page } from '../components/ui/page.tsx';
import { isApiError } from '../lib/api-error.ts';
import { NotFound } from './not-found.tsx';

/** What stands in place of a page that could not be shown; the navigation around it works. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { reset: forgetErrors } = useQueryErrorResetBoundary();
  if (isApiError(error, 'not-found')) return <NotFound />;
  const retry = () => {
    forgetErrors();
    reset();
    void router.invalidate();
  };
  return (
    <Page>
      <ErrorPanel title="This page cannot be shown" error={error} onRetry={retry} />
    </Page>
  );
}

/** The same where there is no layout around it: the server does not answer, or says what nobody expected. */
export function BareRouteError(props: ErrorComponentProps) {
  return (
    <main>
      <RouteError {...props} />
    </main>
  );
}
