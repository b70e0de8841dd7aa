import { createLocalJWKSet, jwtVerify } from 'jose';
import { endedCookie } from '../sign-in/sessions.ts';
import type { World } from '../world.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import type { AuthorizationServer } from './authorization-server.ts';
import { publicJwk } from './key-store.ts';
import { oktaErrorPage } from './okta-page.ts';

/**
 * Ends the browser's session with Okta. The hint is required and says which app asks; an expired one
 * counts. Without a `post_logout_redirect_uri` the browser ends on the sign-in page.
 */
export async function logOut(
  world: World,
  server: AuthorizationServer,
  parameters: URLSearchParams,
  cookie: string | undefined,
): Promise<Answer> {
  const hint = parameters.get('id_token_hint');
  if (!hint) return oktaErrorPage(400, "The 'id_token_hint' parameter is required.");
  const audience = await audienceOf(world, server, hint);
  const app = world.apps.find(audience ?? '');
  if (!app) return oktaErrorPage(400, "The 'id_token_hint' parameter is invalid.");
  const target = parameters.get('post_logout_redirect_uri');
  if (target !== null && !app.postLogoutRedirectUris.includes(target)) {
    const description =
      "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings.";
    return oktaErrorPage(400, description);
  }

  const session = world.sessions.find(cookie, world.now());
  if (session) world.sessions.end(session.id);
  const state = parameters.get('state');
  const query = state === null ? '' : `${target?.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`;
  const answer = redirectAnswer(target === null ? `${world.origin}/signin` : `${target}${query}`);
  return { ...answer, headers: { ...answer.headers, 'set-cookie': endedCookie() } };
}

/** The client id in an ID token of ours; undefined when it is not one. */
async function audienceOf(
  world: World,
  server: AuthorizationServer,
  token: string,
): Promise<string | undefined> {
  const keys = (await world.keys.all()).map(publicJwk);
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys }), {
      issuer: server.issuer,
      currentDate: new Date(0),
    });
    return typeof payload.aud === 'string' ? payload.aud : undefined;
  } catch {
    return undefined;
  }
}
