import type { RequestHandler } from 'express';
import { ApiError } from './errors.ts';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Writes come from our own pages: `Sec-Fetch-Site: same-origin`, or, where a browser does not send it (plain http,
 * scripts), an `Origin` equal to that of PUBLIC_URL.
 */
export function isOwnOrigin(
  headers: { secFetchSite: string | undefined; origin: string | undefined },
  publicUrl: string,
): boolean {
  if (headers.secFetchSite !== undefined) return headers.secFetchSite === 'same-origin';
  return headers.origin !== undefined && headers.origin === new URL(publicUrl).origin;
}

export function originCheck(publicUrl: string): RequestHandler {
  return (request, _response, next) => {
    if (safeMethods.has(request.method)) return next();
    const headers = { secFetchSite: request.get('sec-fetch-site'), origin: request.get('origin') };
    if (isOwnOrigin(headers, publicUrl)) return next();
    const told = headers.origin === undefined ? 'has no Origin header' : 'comes from another site';
    throw new ApiError(
      'foreign-origin',
      `The request ${told}. Scripts send "Origin: ${new URL(publicUrl).origin}" with every change.`,
    );
  };
}
