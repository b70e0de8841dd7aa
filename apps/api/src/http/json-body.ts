import express, { type RequestHandler } from 'express';
import { ApiError } from './errors.ts';

export const maxBodyBytes = 1024 * 1024;

/** JSON only, at most 1 MiB. A body of another type is refused, also where none is expected. */
export function jsonBody(): RequestHandler[] {
  return [
    (request, _response, next) => {
      // Browsers send "Content-Length: 0" with a POST without a body; `is` takes that for one.
      const hasBody = request.get('content-length') !== '0' && request.is('application/json') !== null;
      if (hasBody && !request.is('application/json')) {
        throw new ApiError('not-json', 'Send the body as JSON, with "Content-Type: application/json".');
      }
      next();
    },
    express.json({ limit: maxBodyBytes, strict: true }),
  ];
}
