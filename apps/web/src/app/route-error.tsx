import { Button } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Callout } from '../components/ui/callout.tsx';
import { ErrorPanel } from '../components/ui/error-panel.tsx';
import { Page } from '../components/ui/page.tsx';
import { isApiError } from '../lib/api-error.ts';
import { connected } from '../lib/session.ts';
import { useSignal } from '../lib/signal.ts';
import { isLostChunk } from './lost-chunk.ts';
import { NotFound } from './not-found.tsx';

/** What stands in place of a page that could not be shown; the navigation around it works. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { reset: forgetErrors } = useQueryErrorResetBoundary();
  if (isApiError(error, 'not-found')) return <NotFound />;
  if (isLostChunk(error)) return <LostChunk />;
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

/** The router has reloaded once by itself already; asking for the same file again would never help. */
function LostChunk() {
  const isConnected = useSignal(connected);
  return (
    <Page>
      <Callout
        kind={isConnected ? 'info' : 'warning'}
        title={isConnected ? 'Gatehouse was updated.' : 'This page could not be loaded.'}
        actions={
          <Button variant="filled" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        }
      >
        {isConnected
          ? 'This tab still has the version before, and a part of it is no longer on the server.'
          : 'The server does not answer, or was updated meanwhile.'}
      </Callout>
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
