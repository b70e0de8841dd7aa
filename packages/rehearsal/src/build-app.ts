import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { ZodError } from 'zod';
import { createApiHandler, WELL_KNOWN_PATH } from './api/handle-api.ts';
import { errorBody, send } from './api/respond.ts';
import { createConsoleRouter } from './console/console-router.ts';
import { createControlRouter } from './control/control-router.ts';
import { guardOrigin } from './control/guard-origin.ts';
import { createOpenIdConnect } from './oidc/handle-oidc.ts';
import { notFound, OktaError, validationFailed } from './okta-error.ts';
import { createSignInRouter } from './sign-in/sign-in-router.ts';
import type { World } from './world.ts';

/** Puts the doors together: Okta's API, its authorization servers, the sign-in page, the JSON control, the console. */
export function buildApp(world: World): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const handleApi = createApiHandler(world);
  app.use((request, response, next) => {
    if (!request.path.startsWith('/api/') && request.path !== WELL_KNOWN_PATH) return next();
    return handleApi(request, response);
  });
  const openIdConnect = createOpenIdConnect(world);
  app.use(async (request, response, next) => {
    if (!(await openIdConnect.handle(request, response))) next();
  });
  app.use(guardOrigin);
  app.use('/signin', createSignInRouter(world, openIdConnect));
  app.use('/_rehearsal', createControlRouter(world));
  app.use('/console', createConsoleRouter(world));
  app.get('/', (_request, response) => {
    response.redirect(302, '/console');
  });
  app.use((request: Request) => {
    throw notFound(request.path, 'Endpoint');
  });
  app.use(answerError);
  return app;
}

function answerError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const refusal = toOktaError(error);
  response.type('application/json');
  send(response, refusal.status, errorBody(refusal));
}

function toOktaError(error: unknown): OktaError {
  if (error instanceof OktaError) return error;
  if (error instanceof ZodError) {
    const causes = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return validationFailed('body', causes);
  }
  const { status, message } = error as { status?: unknown; message?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new OktaError(status, 'E0000003', `The request body was not well-formed: ${String(message)}`);
  }
  process.stderr.write(`rehearsal: ${error instanceof Error ? error.stack : String(error)}\n`);
  return new OktaError(500, 'E0000009', 'Internal Server Error');
}
