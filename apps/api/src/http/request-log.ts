import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../logging/logger.ts';
import { requestIdFrom, runWithRequestId } from '../logging/request-context.ts';

/**
 * One line for each answer, under a request id that the answer carries too (`x-request-id`) and every problem names.
 * The query is left out: set-up links and codes travel there; so is the token of a test's link. Reads that went well are logged at `debug`.
 */
export function requestLog(logger: Logger): RequestHandler[] {
  const log = pinoHttp({
    logger,
    genReqId(request, response) {
      const id = requestIdFrom(request.headers['x-request-id']);
      response.setHeader('x-request-id', id);
      return id;
    },
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: pathOf(request.url),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel(request, response, error) {
      if (error || response.statusCode >= 500) return 'error';
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      return isRead && response.statusCode < 400 ? 'debug' : 'info';
    },
    customSuccessObject: (request, response, values: object) => ({
      ...values,
      ...describe(request, response),
    }),
    customErrorObject: (request, response, _error, values: object) => ({
      ...values,
      ...describe(request, response),
    }),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
  });
  return [
    log as RequestHandler,
    (request, _response, next) => runWithRequestId(String(request.id), () => next()),
  ];
}

function describe(request: IncomingMessage, response: unknown) {
  const code = (response as Response).locals?.problemCode;
  return {
    req: { method: request.method, path: pathOf(request.url ?? '') },
    ...(code === undefined ? {} : { code }),
  };
}

/**
 * Without the query, and without the token of a test's link. An address that was mangled on its way may carry a query in
 * its path, or a code alone: none of our ids is as long.
 */
function pathOf(url: string): string {
  const path = (url.split(/\?|%3f/i, 1)[0] ?? '').replace(/^\/t\/[^/]+/, '/t/…');
  return path.startsWith('/sso/') ? path.replaceAll(/[\w-]{40,}/g, '…') : path;
}
