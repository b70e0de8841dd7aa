import type { LoginPurpose } from '@gatehouse/login/login-result';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { doorErrors } from './door-errors.ts';
import { createLoginCookie, type LoginCookie } from './login-cookie.ts';
import { isFromOwnPage, isNavigationRequest } from './navigation.ts';
import { nowherePage, onlyOpenedPage, spentLinkPage } from './notices.ts';
import { failedPage, outcomePage, unknownIdp } from './outcome-page.ts';
import { sendUserPage, type UserPage } from './page-frame.ts';
import { testLoginPage } from './pages.ts';
import type { LoginDoorPorts } from './ports.ts';
import { type StartAnswer, startLogin, startTest } from './start-login.ts';
import { readStartQuery } from './start-query.ts';

/** One request at a door. */
type Visit = {
  readonly ports: LoginDoorPorts;
  readonly cookie: LoginCookie;
  readonly request: Request;
  readonly response: Response;
};

type Door = {
  readonly path: string;
  /** Looking changes nothing: scripts and previews may. */
  readonly isLook: boolean;
  /** Answers the page to show; null: the answer is out. */
  readonly serve: (visit: Visit) => Promise<UserPage | null>;
};

/** In this order: `callback` is no application. */
const doors: readonly Door[] = [
  { path: '/sso/callback/:idpId', isLook: false, serve: serveCallback },
  { path: '/sso/:slug/login', isLook: false, serve: serveStart },
  { path: '/t/:token', isLook: true, serve: serveTest },
  { path: '/t/:token/continue', isLook: false, serve: serveContinue },
];

/**
 * The doors that end users come through: the start of a login, the way back from the identity provider, and the link of
 * a test. Whatever they answer is a page without script, or a 303. Nobody has a session of ours here.
 */
export function loginDoors(ports: LoginDoorPorts, limits: readonly RequestHandler[]): Router {
  const cookie = createLoginCookie(ports.publicUrl);
  const router = express.Router({ caseSensitive: true, strict: true });
  for (const door of doors) {
    router.all(door.path, ...limits, async (request, response) => {
      const page = await passDoor(door, { ports, cookie, request, response });
      if (page !== null) sendUserPage(response, ports.owner(), page);
    });
  }
  router.use(['/sso', '/t'], (_request, response) => {
    sendUserPage(response, ports.owner(), nowherePage(ports.now()));
  });
  router.use(doorErrors(ports));
  return router;
}

/** HEAD changes nothing; what is no navigation of a person is refused where a GET does something. */
async function passDoor({ isLook, serve }: Door, visit: Visit): Promise<UserPage | null> {
  const { ports, request, response } = visit;
  response.set('cache-control', 'no-store');
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    response.set('allow', 'GET, HEAD');
    return onlyOpenedPage(405, ports.now());
  }
  if (isLook) return serve(visit);
  if (method === 'HEAD') {
    response.status(204).end();
    return null;
  }
  return isNavigationRequest(request) ? serve(visit) : onlyOpenedPage(403, ports.now());
}

async function serveStart(visit: Visit): Promise<UserPage | null> {
  const { ports, cookie, request, response } = visit;
  const application = ports.applications.findBySlug(String(request.params.slug));
  if (application === null) return nowherePage(ports.now());
  const query = readStartQuery(rawQueryOf(request));
  const answer = await startLogin(ports, application, {
    query,
    browserSecret: () => cookie.ensure(request, response),
  });
  const purpose = { kind: 'login', applicationId: application.id, returnUrl: null } as const;
  return leave(visit, { answer, purpose, idp: application.settings.redirection.idpId });
}

async function serveCallback({ ports, cookie, request }: Visit): Promise<UserPage | null> {
  const idpId = String(request.params.idpId);
  const browserSecret = cookie.read(request);
  const result = await ports.complete({ idpId, browserSecret, rawQuery: rawQueryOf(request) });
  if (result === null) return nowherePage(ports.now());
  const idp = ports.idps.describe(idpId);
  return outcomePage(ports, result, { idp, requestId: String(request.id) });
}

async function serveTest({ ports, request }: Visit): Promise<UserPage | null> {
  const token = String(request.params.token);
  const { outcome, tracker } = ports.tests.openLink(token);
  if (tracker === null) return spentLinkPage(outcome, ports.now());
  const { idp, startedBy, expiresAt, id } = tracker;
  return testLoginPage({
    owner: ports.owner(),
    startedBy,
    idpName: idp.name,
    idpWord: ports.idps.describe(idp.id)?.word ?? idp.name,
    continueUrl: `${ports.publicUrl}/t/${token}/continue`,
    tracker: id,
    expiresAt,
  });
}

/** Who is led here past the page that says what staff will see is shown that page first. */
async function serveContinue(visit: Visit): Promise<UserPage | null> {
  const { ports, cookie, request, response } = visit;
  if (!isFromOwnPage(request.get('sec-fetch-site'))) return serveTest(visit);
  const userAgent = request.get('user-agent') ?? '';
  const used = await ports.tests.useLink(String(request.params.token), userAgent);
  if (used.tracker === null) return spentLinkPage(used.outcome, ports.now());
  const answer = await startTest(ports, used.tracker, cookie.ensure(request, response));
  if (answer === 'over') return spentLinkPage('used', ports.now());
  const purpose = { kind: 'test', applicationId: null, returnUrl: null } as const;
  return leave(visit, { answer, purpose, idp: used.tracker.idpId });
}

/** Off to where the answer says, or the page that says why not. */
function leave(
  { ports, request, response }: Visit,
  { answer, purpose, idp }: { answer: StartAnswer; purpose: LoginPurpose; idp: string | number | null },
): UserPage | null {
  if ('failure' in answer) {
    const { failure, tracker, cause } = answer;
    request.log.error({ code: failure.code, tracker, err: cause }, 'a login could not begin');
    const described = (idp === null ? null : ports.idps.describe(idp)) ?? unknownIdp;
    const about = { idp: described, requestId: String(request.id) };
    return failedPage(ports, { failure, purpose, tracker }, about);
  }
  const { redirectTo, why } = answer;
  if (why !== null) request.log.info({ why, path: request.path }, 'a login goes to the product itself');
  response.redirect(303, redirectTo);
  return null;
}

/** As it came, without its question mark: nothing of it is decoded or put in order here. */
function rawQueryOf(request: Request): string {
  const mark = request.originalUrl.indexOf('?');
  return mark === -1 ? '' : request.originalUrl.slice(mark + 1);
}
