import type { App } from '../apps/app.ts';
import { groupsClaim, isAssigned } from '../apps/assignment.ts';
import type { User } from '../org/types.ts';
import type { SignInSession } from '../sign-in/sessions.ts';
import { isAbleToSignIn } from '../sign-in/sign-in-status.ts';
import type { World } from '../world.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import { judgeRequest } from './authorize-rules.ts';
import { MOST_GROUPS } from './claims.ts';
import type { Engine } from './engine.ts';
import { oktaErrorPage } from './okta-page.ts';

/** One parameter of the answer that the browser carries to the app. */
export type ResponseParameter = readonly [name: string, value: string];

/** Lets faults change what goes to the app. */
export type EditResponse = (
  parameters: readonly ResponseParameter[],
  app: App,
) => readonly ResponseParameter[];

export type AuthorizeContext = {
  readonly world: World;
  readonly engine: Engine;
  readonly editResponse: EditResponse;
};

/** Answers an authorization request: Okta's page, the sign-in page, or back to the app. */
export async function authorize(
  context: AuthorizeContext,
  parameters: URLSearchParams,
  cookie: string | undefined,
): Promise<Answer> {
  const { world, engine } = context;
  const verdict = judgeRequest(engine.server, world.apps, parameters);
  if (verdict.kind === 'page') return oktaErrorPage(400, verdict.description);
  const { app } = verdict;
  const back = (response: readonly ResponseParameter[]) => backToApp(context, app, parameters, response);
  if (verdict.kind === 'refused') return back(errorResponse(verdict.error, verdict.description));

  const session = world.sessions.find(cookie, world.now());
  const user = session && world.organisation.userById(session.userId);
  if (session && user && isAbleToSignIn(user) && isFreshEnough(parameters, session, world.now())) {
    return admit(context, { app, parameters, user, signedInAt: session.signedInAt });
  }
  if (parameters.get('prompt') === 'none') {
    return back(
      errorResponse('login_required', 'The client specified not to prompt, but the user is not logged in.'),
    );
  }
  const pending = world.sessions.hold(engine.server.id, parameters.toString(), world.now());
  return redirectAnswer(`${world.origin}/signin/${pending.id}`);
}

/** Lets a person who is signed in pass to the app, if they are assigned to it. */
export async function admit(
  context: AuthorizeContext,
  at: { app: App; parameters: URLSearchParams; user: User; signedInAt: number },
): Promise<Answer> {
  const { app, parameters, user } = at;
  const { organisation } = context.world;
  const back = (response: readonly ResponseParameter[]) => backToApp(context, app, parameters, response);
  if (!isAssigned(organisation, app, user)) {
    return back(errorResponse('access_denied', 'User is not assigned to the client application.'));
  }
  const wantsGroups = parameters.get('scope')?.split(' ').includes('groups');
  const groups = wantsGroups ? groupsClaim(organisation, app, user) : null;
  if (groups && groups.length > MOST_GROUPS) {
    const description = `The groups claim matched too many groups: ${groups.length}, and ${MOST_GROUPS} is the most. Narrow the groups claim filter of the app.`;
    return back(errorResponse('server_error', description));
  }

  const asked = new URLSearchParams(parameters);
  for (const name of ['prompt', 'max_age', 'response_mode', 'login_hint', 'id_token_hint'])
    asked.delete(name);
  const answer = await context.engine.authorize(asked, user.id, at.signedInAt);
  const location = answer.headers.location;
  if (location === undefined) return oktaErrorPage(400, describe(answer));
  const { searchParams } = new URL(location);
  const code = searchParams.get('code');
  if (code !== null) return back([['code', code]]);
  return back(
    errorResponse(searchParams.get('error') ?? 'server_error', searchParams.get('error_description') ?? ''),
  );
}

function errorResponse(error: string, description: string): ResponseParameter[] {
  return [
    ['error', error],
    ['error_description', description],
  ];
}

/** The redirect to the app. `state` is what the app sent; `iss` is not sent, as Okta does not. */
function backToApp(
  context: AuthorizeContext,
  app: App,
  request: URLSearchParams,
  response: readonly ResponseParameter[],
): Answer {
  const state = request.get('state');
  const complete: ResponseParameter[] = [...(state === null ? [] : [['state', state] as const]), ...response];
  const target = request.get('redirect_uri') ?? '';
  const query = new URLSearchParams(
    context.editResponse(complete, app).map(([name, value]): [string, string] => [name, value]),
  );
  if (request.get('response_mode') === 'fragment') return redirectAnswer(`${target}#${query}`);
  return redirectAnswer(`${target}${target.includes('?') ? '&' : '?'}${query}`);
}

/** Whether the app is content with a session of that age. */
function isFreshEnough(parameters: URLSearchParams, session: SignInSession, now: number): boolean {
  const prompts = (parameters.get('prompt') ?? '').split(' ');
  if (prompts.includes('login') || prompts.includes('select_account')) return false;
  const maxAge = parameters.get('max_age');
  return maxAge === null || now - session.signedInAt <= Number(maxAge) * 1000;
}

function describe(answer: Answer): string {
  try {
    const { error_description: description } = JSON.parse(answer.body) as { error_description?: string };
    return description ?? 'The authentication request is invalid.';
  } catch {
    return 'The authentication request is invalid.';
  }
}
