import { endpoints } from '@gatehouse/contracts/endpoints';
import { redirect } from '@tanstack/react-router';
import { callEndpoint } from '../lib/api-client.ts';
import { isApiError } from '../lib/api-error.ts';

/**
 * Leads whoever is signed in from `/sign-in` on to the page that was asked for. The server is asked itself: what the
 * cache holds may be over, and an answer without a session is what this page expects.
 * @throws a redirect; ApiError when the server does not say
 */
export async function leaveSignInWhenSignedIn(to: string | undefined): Promise<void> {
  try {
    await callEndpoint(endpoints.getSession, {});
  } catch (error) {
    if (isApiError(error, 'not-signed-in')) return;
    throw error;
  }
  throw redirect({ href: to ?? '/', replace: true });
}
