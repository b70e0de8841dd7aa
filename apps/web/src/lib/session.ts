import { endpoints } from '@gatehouse/contracts/endpoints';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { callEndpoint } from './api-client.ts';
import { createSignal } from './signal.ts';

/** Who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => callEndpoint(endpoints.getSession, { signal }),
});

/** What this server is: address, version, set-up done or not, its own checks. */
export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: ({ signal }) => callEndpoint(endpoints.getServer, { signal }),
});

/** The set-up checklist and health; the navigation shows parts of it on every screen. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => callEndpoint(endpoints.getOverview, { signal }),
});

/** The signed-in account. Only below the app's layout, which loads it first. */
export function useAccount() {
  return useSuspenseQuery(sessionQuery).data.account;
}

/** Whether the signed-in account may change settings. */
export function useIsAdmin(): boolean {
  return useAccount().role === 'admin';
}

/** Set when an answer says that the session is over; the app then asks to sign in again, on top of the page. */
export const sessionOver = createSignal(false);

/** False while the stream of changes is lost. */
export const connected = createSignal(true);
