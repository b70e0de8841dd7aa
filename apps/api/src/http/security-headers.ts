import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

function nonceSource(_request: unknown, response: ServerResponse): string {
  return `'nonce-${(response as Response).locals.nonce}'`;
}

/** Headers of every answer. `response.locals.nonce` is the one nonce that styles of this answer may carry. */
export function securityHeaders(publicUrl: string): RequestHandler[] {
  const isHttps = publicUrl.startsWith('https:');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", nonceSource],
        'connect-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'manifest-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
    // Browsers warn about these two where the page is not a secure context.
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
  });
  return [
    (_request, response, next) => {
      response.locals.nonce = randomBytes(16).toString('base64');
      next();
    },
    headers as RequestHandler,
  ];
}
