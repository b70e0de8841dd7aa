import type { Request, RequestHandler } from 'express';
import { isLoopbackHost } from '../outbound/address-rules.ts';
import { ApiError } from './errors.ts';
import { escapeHtml, sendPage } from './html-page.ts';

/** Load balancers and service managers ask by address. */
const anyHostPaths: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

export type HostAnswer = 'pass' | 'redirect' | 'refuse';

/**
 * Whether a request is meant for this server by its `Host`. On a loopback bind a GET with another loopback name is
 * shown the way to PUBLIC_URL.
 */
export function judgeHost(
  request: { host: string | undefined; method: string; path: string },
  server: { publicUrl: string; isLoopbackBind: boolean },
): HostAnswer {
  if (anyHostPaths.has(request.path)) return 'pass';
  const asked = URL.parse(`${new URL(server.publicUrl).protocol}//${request.host ?? ''}`);
  if (asked === null) return 'refuse';
  if (asked.origin === new URL(server.publicUrl).origin) return 'pass';
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && server.isLoopbackBind && isLoopbackHost(asked.hostname) ? 'redirect' : 'refuse';
}

export function hostCheck(server: { publicUrl: string; isLoopbackBind: boolean }): RequestHandler {
  return (request, response, next) => {
    const answer = judgeHost({ host: request.host, method: request.method, path: request.path }, server);
    if (answer === 'pass') return next();
    if (answer === 'redirect') {
      const path = request.originalUrl.startsWith('/') ? request.originalUrl : '/';
      response.set('cache-control', 'no-store').redirect(307, `${server.publicUrl}${path}`);
      return;
    }
    const detail = `This server answers at ${server.publicUrl} only. Use that address, or set PUBLIC_URL to the one in your browser.`;
    const error = new ApiError('foreign-host', detail, { facts: { publicUrl: server.publicUrl } });
    if (!wantsPage(request)) throw error;
    request.log.warn({ code: error.code, remoteAddress: request.ip, host: request.host }, detail);
    const url = escapeHtml(server.publicUrl);
    sendPage(response, {
      status: 421,
      title: 'This server has another address',
      body: `<p>Gatehouse answers at <a href="${url}">${url}</a> only.</p>
<p>If the address in your browser is the right one, set <code>PUBLIC_URL</code> to it and restart.</p>`,
    });
  };
}

/** A person looks at the answer, not a script. */
export function wantsPage(request: Request): boolean {
  return !request.path.startsWith('/api/') && request.accepts(['json', 'html']) === 'html';
}
