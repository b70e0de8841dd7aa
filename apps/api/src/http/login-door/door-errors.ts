import { personWords } from '@gatehouse/contracts/login-words';
import type { ErrorRequestHandler } from 'express';
import { ApiError, toApiError } from '../errors.ts';
import { busyPage, nowherePage } from './notices.ts';
import { sendUserPage } from './page-frame.ts';
import { failurePage } from './pages.ts';
import type { LoginDoorPorts } from './ports.ts';

/** What went wrong here is a page too; the log has the cause under the request id that the page shows. */
export function doorErrors(ports: LoginDoorPorts): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const { code, message, facts } = readError(error);
    response.locals.problemCode = code;
    if (code === 'not-found' || code === 'bad-request') {
      return sendUserPage(response, ports.owner(), nowherePage(ports.now()));
    }
    if (code === 'too-many-requests') {
      request.log.warn({ code, remoteAddress: request.ip }, message);
      response.set('retry-after', String(facts?.retryAfterSeconds ?? 60));
      return sendUserPage(response, ports.owner(), busyPage(ports.now()));
    }
    request.log.error({ err: error }, 'request failed');
    const page = failurePage({
      owner: ports.owner(),
      status: 500,
      words: personWords('server-error'),
      subject: 'Logging in',
      tracker: null,
      requestId: String(request.id),
      tryAgainUrl: null,
      localLogin: null,
      now: ports.now(),
    });
    sendUserPage(response, ports.owner(), page);
  };
}

/** Half an encoding in a path names nothing. */
function readError(error: unknown): ApiError {
  return error instanceof URIError ? new ApiError('not-found', 'No such path.') : toApiError(error);
}
