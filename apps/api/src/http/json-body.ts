import express, { type RequestHandler } from 'express';
import { ApiError } from './errors.ts';

export const maxBodyBytes = 1024 * 1024;

/** JSON only, at most 1 MiB. A body of another type is refused, also where none is expected. */
export function jsonBody(): RequestHandler[] {
  return [
    (request, _response, next) => {
      // `is` answers null when there is no body at all.
      if (request.is('application/json') === false) {
        throw new ApiError('not-json', 'Send the body as JSON, with "Content-Type: application/json".');
      }
      next();
    },
    express.json({ limit: maxBodyBytes, strict: true }),
  ];
}
