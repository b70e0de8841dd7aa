import { createHash } from 'node:crypto';
import type { App } from '../apps/app.ts';
import type { World } from '../world.ts';
import { type Answer, oauthError } from './answer.ts';
import { authenticateClient } from './client-authentication.ts';
import type { Engine } from './engine.ts';

/** A form that was posted to an authorization server. */
export type PostedForm = { readonly authorization: string | undefined; readonly form: URLSearchParams };

/** Asks the token, introspection or revocation endpoint for an app that proved who it is. */
export async function askForApp(
  at: { world: World; engine: Engine },
  step: 'token' | 'introspect' | 'revoke',
  posted: PostedForm,
): Promise<{ answer: Answer; app: App | null }> {
  const verdict = authenticateClient(at.world.apps, posted.authorization, posted.form);
  if ('refusal' in verdict) return { answer: verdict.refusal, app: null };
  const { app } = verdict;
  const refusal = step === 'token' ? refusalOfGrant(at.engine, app, posted.form) : null;
  if (refusal) return { answer: refusal, app };

  const form = new URLSearchParams(posted.form);
  form.delete('client_secret');
  if (app.secret !== null) form.delete('client_id');
  const answer = await at.engine.ask({
    method: 'POST',
    path: `${at.engine.server.base}/${step}`,
    headers: {
      accept: 'application/json',
      ...(app.secret === null ? {} : { authorization: basic(app.id, app.secret) }),
    },
    body: form.toString(),
  });
  return { answer: step === 'token' ? inOktaWords(answer) : answer, app };
}

/** What Okta says to a grant that cannot work, before oidc-provider looks at it. */
function refusalOfGrant(engine: Engine, app: App, form: URLSearchParams): Answer | null {
  const grantType = form.get('grant_type');
  if (!grantType) {
    return oauthError(400, 'invalid_request', "The token request must specify a 'grant_type' parameter.");
  }
  if (grantType !== 'authorization_code') {
    const description = `The authorization grant type is not supported by the authorization server. Configured grant types: [authorization_code].`;
    return oauthError(400, 'unsupported_grant_type', description);
  }
  const code = engine.knownCode(form.get('code') ?? '');
  if (!code || code.clientId !== app.id) return null;
  if (form.get('redirect_uri') !== code.redirectUri) {
    const description =
      "The 'redirect_uri' parameter does not match the redirection URI used in the authorization request.";
    return oauthError(400, 'invalid_grant', description);
  }
  const verifier = form.get('code_verifier');
  if (code.codeChallenge === undefined && verifier === null) return null;
  const challenge = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  return challenge === code.codeChallenge
    ? null
    : oauthError(400, 'invalid_grant', 'PKCE verification failed.');
}

/** Whatever else is wrong with a code is one thing to Okta. */
function inOktaWords(answer: Answer): Answer {
  if (answer.status < 400) return answer;
  const { error } = JSON.parse(answer.body) as { error: string };
  if (error !== 'invalid_grant') return answer;
  return oauthError(400, 'invalid_grant', 'The authorization code is invalid or has expired.');
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
