import { endpoints } from '@gatehouse/contracts/endpoints';
import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from '../logging/logger.ts';
import { isLoopbackHost } from '../outbound/address-rules.ts';
import { ApiError, errorHandler } from './errors.ts';
import { hostCheck } from './host-check.ts';
import { jsonBody } from './json-body.ts';
import { loginDoors } from './login-door/login-doors.ts';
import type { LoginDoorPorts } from './login-door/ports.ts';
import { mountRoutes } from './mount-routes.ts';
import { originCheck } from './origin-check.ts';
import { apiRateLimits, credentialRateLimits, loginRateLimits, type RateLimits } from './rate-limits.ts';
import { requestLog } from './request-log.ts';
import type { RouteFrame, RouteTable } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { notFound, serveSpa } from './spa.ts';

export type HttpAppOptions = {
  /** PUBLIC_URL, the address that is listened on, and whose `X-Forwarded-*` headers are believed. */
  address: { publicUrl: string; host: string; trustProxy: readonly string[] };
  logger: Logger;
  routes: RouteTable;
  frame: RouteFrame;
  /** What end users come through. */
  doors: LoginDoorPorts;
  rateLimits: RateLimits;
  /** Where the built single-page app lies. */
  webDirectory: string;
  isStopping: () => boolean;
};

/** The whole HTTP side, in the order in which a request passes it. */
export async function createHttpApp(options: HttpAppOptions): Promise<Express> {
  const { publicUrl, host, trustProxy } = options.address;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustProxy.length === 0 ? false : [...trustProxy]);
  app.use(requestLog(options.logger));
  app.use(securityHeaders(publicUrl));
  app.use(hostCheck({ publicUrl, isLoopbackBind: isLoopbackHost(host) }));
  app.use(refuseWhenStopping(options.isStopping));
  app.use(
    compression({
      filter: (request, response) => !isEventStream(response) && compression.filter(request, response),
    }),
  );
  app.use('/api', ...apiRateLimits(options.rateLimits), originCheck(publicUrl));
  const credentialPaths = [endpoints.setUp.path, endpoints.signIn.path, endpoints.changePassword.path];
  app.use(credentialPaths, skipReads(credentialRateLimits(options.rateLimits)));
  app.use('/api', ...jsonBody());
  mountRoutes(app, options.routes, options.frame);
  app.use(loginDoors(options.doors, loginRateLimits(options.rateLimits)));
  app.use(await serveSpa(options.webDirectory));
  app.use(notFound());
  app.use(errorHandler());
  return app;
}

function isEventStream(response: { getHeader(name: string): unknown }): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

/** Reading who is signed in is no attempt. */
function skipReads(handlers: readonly RequestHandler[]): RequestHandler[] {
  return handlers.map((handler) => (request, response, next) => {
    if (request.method === 'POST' || request.method === 'PUT') void handler(request, response, next);
    else next();
  });
}

function refuseWhenStopping(isStopping: () => boolean): RequestHandler {
  return (request, _response, next) => {
    if (isStopping() && request.path !== endpoints.getHealth.path) {
      throw new ApiError('not-ready', 'The server is stopping.', { facts: { status: 'stopping' } });
    }
    next();
  };
}
