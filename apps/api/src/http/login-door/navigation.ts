import type { Request } from 'express';

/**
 * Whether a person goes to this address: no script, image or frame of another page fetches it, and the browser does not
 * fetch it ahead. What sends no `Sec-Fetch-Mode`, such as an older browser, is believed.
 */
export function isNavigation(headers: {
  readonly mode: string | undefined;
  /** `Sec-Purpose`, and the older `Purpose` and `X-Moz`. */
  readonly purposes: readonly (string | undefined)[];
}): boolean {
  if (headers.mode !== undefined && headers.mode !== 'navigate') return false;
  return !headers.purposes.some((purpose) => /prefetch|prerender|preview/i.test(purpose ?? ''));
}

export function isNavigationRequest(request: Request): boolean {
  return isNavigation({
    mode: request.get('sec-fetch-mode'),
    purposes: [request.get('sec-purpose'), request.get('purpose'), request.get('x-moz')],
  });
}

/**
 * Whether a link of one of our own pages led here, and no other page, message or typed address. What sends no
 * `Sec-Fetch-Site`, such as an older browser, is believed.
 */
export function isFromOwnPage(site: string | undefined): boolean {
  return site === undefined || site === 'same-origin';
}
