import express, { type Request, type Response, type Router } from 'express';
import type { App } from '../apps/app.ts';
import { formValues, queryText } from '../console/form-values.ts';
import { type Answer, redirectAnswer, sendAnswer } from '../oidc/answer.ts';
import { admit } from '../oidc/authorize.ts';
import type { OpenIdConnect } from '../oidc/handle-oidc.ts';
import { oktaErrorPage } from '../oidc/okta-page.ts';
import type { User } from '../org/types.ts';
import type { World } from '../world.ts';
import { endedCookie, type PendingRequest, sessionCookie } from './sessions.ts';
import { sessionPage, signInListPage } from './sign-in-page.ts';
import { noteSignIn, refusalOf } from './sign-in-status.ts';

/** `/signin`: who to be. Takes the place of Okta's sign-in page; there are no passwords. */
export function createSignInRouter(world: World, openIdConnect: OpenIdConnect): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 }));

  router.get('/', (request, response) => {
    sendAnswer(response, sessionPage(signedInPerson(world, request), queryText(request, 'done')));
  });

  router.post('/out', (request, response) => {
    const session = world.sessions.find(request.headers.cookie, world.now());
    if (session) world.sessions.end(session.id);
    const target = world.sessions.pending(formValues(request).pending ?? '', world.now());
    const answer = redirectAnswer(target ? `/signin/${target.id}` : '/signin?done=out', 303);
    sendAnswer(response, withCookie(answer, endedCookie()));
  });

  router.get('/:id', (request, response) => {
    const waiting = waitingFor(world, request.params.id);
    if (!waiting) return sendAnswer(response, expired());
    const hint = new URLSearchParams(waiting.pending.parameters).get('login_hint') ?? '';
    const query = 'query' in request.query ? queryText(request, 'query') : hint;
    sendAnswer(
      response,
      signInListPage(world, { ...waiting, query, current: signedInPerson(world, request) }),
    );
  });

  router.post('/:id', async (request: Request<{ id: string }>, response: Response) => {
    const waiting = waitingFor(world, request.params.id);
    if (!waiting) return sendAnswer(response, expired());
    const name = (formValues(request).person ?? '').trim();
    const user = world.organisation.userById(name) ?? world.organisation.userByLogin(name);
    const refusal = user ? refusalOf(user) : 'Unable to sign in';
    if (!user || refusal !== null) {
      const page = { ...waiting, query: user?.profile.login ?? name, refusal: refusal ?? '', refused: user };
      return sendAnswer(response, signInListPage(world, page));
    }
    return sendAnswer(response, await signIn(world, openIdConnect, { ...waiting, user, request }));
  });

  return router;
}

type Waiting = { readonly pending: PendingRequest; readonly app: App };

async function signIn(
  world: World,
  openIdConnect: OpenIdConnect,
  at: Waiting & { user: User; request: Request },
): Promise<Answer> {
  const former = world.sessions.find(at.request.headers.cookie, world.now());
  if (former) world.sessions.end(former.id);
  const user = noteSignIn(world.organisation, at.user, world.now());
  const session = world.sessions.start(user.id, world.now());
  world.sessions.settle(at.pending.id);
  const answer = await admit(openIdConnect.contextOf(at.pending.server), {
    app: at.app,
    parameters: new URLSearchParams(at.pending.parameters),
    user,
    signedInAt: session.signedInAt,
  });
  const status = answer.status === 302 ? 303 : answer.status;
  return withCookie({ ...answer, status }, sessionCookie(session));
}

function waitingFor(world: World, id: string): Waiting | undefined {
  const pending = world.sessions.pending(id, world.now());
  if (!pending) return undefined;
  const app = world.apps.find(new URLSearchParams(pending.parameters).get('client_id') ?? '');
  return app?.status === 'ACTIVE' ? { pending, app } : undefined;
}

function signedInPerson(world: World, request: Request): User | undefined {
  const session = world.sessions.find(request.headers.cookie, world.now());
  return session && world.organisation.userById(session.userId);
}

function expired(): Answer {
  return oktaErrorPage(
    400,
    'This sign-in has expired or was used already. Start again from the application.',
  );
}

function withCookie(answer: Answer, cookie: string): Answer {
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
}
