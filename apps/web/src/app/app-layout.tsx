import { useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { startLiveUpdates } from '../lib/live-updates.ts';
import { connected, sessionOver, sessionQuery } from '../lib/session.ts';
import { useSignal } from '../lib/signal.ts';
import classes from './app-layout.module.css';
import { Notices } from './notices.tsx';
import { Sidebar } from './sidebar.tsx';
import { useLayoutForm } from './use-layout-form.ts';

const SessionOverDialog = lazy(async () => {
  const { SessionOverDialog: component } = await import('../features/session/session-over-dialog.tsx');
  return { default: component };
});

/** Everything behind the sign-in: navigation, notices, the page, and the stream of changes. */
export function AppLayout() {
  const { form, work } = useLayoutForm();
  const isOver = useSignal(sessionOver);
  useLiveUpdates();
  return (
    <div className={classes.layout} data-form={form} data-work={work || undefined}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <Sidebar form={form} />
      <div className={classes.content}>
        <Notices />
        <main id="main" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {isOver && (
        <Suspense>
          <SessionOverDialog />
        </Suspense>
      )}
    </div>
  );
}

function useLiveUpdates(): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      startLiveUpdates({
        queryClient,
        url: '/api/events',
        onConnection: connected.set,
        onRefused: () => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      }),
    [queryClient],
  );
}
