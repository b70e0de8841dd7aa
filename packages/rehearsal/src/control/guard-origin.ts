import type { NextFunction, Request, Response } from 'express';

/**
 * Keeps other web sites away from the console and the control: the Host must be a loopback name (no DNS
 * rebinding), and a request that a browser sends for another site is refused by its Origin or its
 * Sec-Fetch-Site.
 */
export function guardOrigin(request: Request, response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) {
    response.status(421).type('text/plain').send('The rehearsal answers on this machine only.\n');
    return;
  }
  const { origin } = request.headers;
  const isOwn = origin === undefined || origin === `http://${host}`;
  const site = request.headers['sec-fetch-site'];
  const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
  const isFromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (!isOwn || (isWrite && isFromElsewhere)) {
    response.status(403).type('text/plain').send('This request came from another web site.\n');
    return;
  }
  next();
}
