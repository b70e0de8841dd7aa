import { contextPathOf } from './base-url.ts';
import { type Product, portalPages } from './login-pages.ts';

const lengthLimit = 2048;

/**
 * Pages of a login, a logout or the product's own SSO, in lower case and below the context path: who is sent there after
 * a login goes round in circles, or is logged out again.
 */
const loopPages = [
  /^\/login(?:\.jsp|\.action)?$/,
  /^\/dologin\.action$/,
  /^\/logout(?:\.jsp|\.action)?$/,
  /^\/secure\/logout(?:![a-z]+)?\.jspa$/,
  /^\/user(?:login|logout)(?:![a-z]+)?\.action$/,
  /^\/j_(?:atl_)?security_(?:check|logout)$/,
  /^\/plugins\/servlet\/(?:oidc|saml[a-z]*|sso[a-z]*|external-log(?:in|out))(?:\/|$)/,
  /^\/servicedesk\/customer\/(?:.*\/)?user\/(?:login|logout|signup|passwordreset)(?:\/|$)/,
  /^\/rest\/(?:tsv|auth|authconfig)(?:\/|$)/,
];

/**
 * Where a product asked to go after the login, as an absolute URL within its base URL; null: nowhere that may be gone
 * to, so its start page. The value is resolved against this product only:
 * 1. empty, over 2,048 characters, a control character or a backslash: refused;
 * 2. absolute: the same origin without user name; relative: one slash at its beginning (in the customer portal none,
 *    it is relative to the portal), the context path is put before it when missing;
 * 3. after normalisation the path is still inside the base path, decoded as well;
 * 4. pages of login, logout and SSO are refused.
 */
export function validateReturnUrl(
  product: Product,
  value: string | null,
  options: { readonly portal?: boolean } = {},
): string | null {
  if (value === null || value === '' || value.length > lengthLimit) return null;
  if (/[\p{Cc}\\]/u.test(value)) return null;
  const url = resolve(product, value, options.portal === true);
  if (url === null) return null;
  const context = contextPathOf(product.baseUrl);
  if (url.pathname !== context && !url.pathname.startsWith(`${context}/`)) return null;
  const path = decodedPath(url.pathname.slice(context.length));
  if (path === null || loopPages.some((page) => page.test(path))) return null;
  return url.href;
}

function resolve(product: Product, value: string, isPortal: boolean): URL | null {
  const base = new URL(product.baseUrl);
  if (/^[a-z][a-z0-9+.-]*:/i.test(value)) {
    const url = URL.parse(value);
    if (url === null || url.origin !== base.origin || url.username !== '' || url.password !== '') return null;
    return url;
  }
  const path = isPortal && !value.startsWith('/') ? `${portalPages.folder}${value}` : value;
  if (!path.startsWith('/') || path.startsWith('//')) return null;
  const context = contextPathOf(product.baseUrl);
  const hasContext = context === '' || path === context || /^[/?#]/.test(path.slice(context.length));
  const url = URL.parse(`${base.origin}${hasContext && path.startsWith(context) ? '' : context}${path}`);
  return url !== null && url.origin === base.origin ? url : null;
}

/**
 * The path as the product's server will read it: decoded once, without path parameters (`;jsessionid=…`), in lower case.
 * Null when decoding it brings to light what normalisation did not see: a backslash, a control character, a slash
 * followed by dots, or bytes that are no text; and when it begins with two slashes: products take the path alone as
 * their return parameter, and //evil.example is another host there.
 */
function decodedPath(pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const bare = decoded.replaceAll(/;[^/]*/g, '');
  const plain = bare.replaceAll(/\/+/g, '/').replace(/\/$/, '').toLowerCase();
  const isHidden =
    /[\p{Cc}\\]/u.test(decoded) ||
    bare.startsWith('//') ||
    plain.split('/').some((part) => part === '..' || part === '.');
  return isHidden ? null : plain;
}
