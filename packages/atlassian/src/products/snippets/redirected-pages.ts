import { contextPathOf } from '../base-url.ts';
import { loginPages, type Product, portalPages } from '../login-pages.ts';

/** A product whose login page is to ask Gatehouse. */
export type RedirectedProduct = Product & {
  readonly jsm: boolean;
  /** `https://sso.acme.example/sso/jira/login`: letters, digits, dots, dashes and slashes only. */
  readonly loginUrl: string;
};

/** One login page as a proxy meets it. */
export type RedirectedPage = {
  /** Regular expression of its whole path, context path included. */
  readonly pattern: string;
  readonly returnParameter: string;
  readonly isPortal: boolean;
  /** For names in the configuration. */
  readonly name: string;
};

/** The bypass of proxies, besides `nosso`: what the products' own SSO calls it. */
export const bypassPattern = '(nosso|auth_fallback)';
/** Set by a bypass, so that a wrong password does not lead to SSO. Unit of its age: seconds. */
export const bypassCookie = 'sso_nosso=1; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax';

/** Also with a path parameter behind it, such as `;jsessionid=…`. */
export function redirectedPages(product: RedirectedProduct): RedirectedPage[] {
  const context = contextPathOf(product.baseUrl).replaceAll('.', '\\.');
  const { pattern, returnParameter } = loginPages[product.kind];
  const login = { pattern: `^${context}${pattern}(;.*)?$`, returnParameter, isPortal: false, name: 'sso' };
  if (product.kind !== 'jira' || !product.jsm) return [login];
  const portal = {
    pattern: `^${context}${portalPages.pattern}(;.*)?$`,
    returnParameter: portalPages.returnParameter,
    isPortal: true,
    name: 'sso_portal',
  };
  return [login, portal];
}
