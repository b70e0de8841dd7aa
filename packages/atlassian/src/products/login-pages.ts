import type { ApplicationKind } from '@gatehouse/contracts/application';
import { contextPathOf } from './base-url.ts';

/** The product side as far as its login pages go. `baseUrl` is one that `readBaseUrl` cleaned. */
export type Product = {
  readonly kind: ApplicationKind;
  readonly baseUrl: string;
};

/** Below the context path. */
type LoginPages = {
  /** The page that takes a user name and password. */
  readonly page: string;
  /** In it: where to go afterwards, a path without context path. */
  readonly returnParameter: string;
  /** The same page in versions that differ, newest first. */
  readonly versions: readonly { readonly label: string; readonly page: string }[];
  /** Every spelling of its path, as a regular expression without context path and without anchors. */
  readonly pattern: string;
};

/**
 * Login pages of the products, from Atlassian's documentation and its performance toolkit; `Bamboo 5` and `6 and later`
 * differ in the page that shows the form.
 */
export const loginPages: Readonly<Record<ApplicationKind, LoginPages>> = {
  jira: {
    page: '/login.jsp',
    returnParameter: 'os_destination',
    versions: [{ label: 'Jira', page: '/login.jsp' }],
    pattern: '/login\\.jsp',
  },
  confluence: {
    page: '/login.action',
    returnParameter: 'os_destination',
    versions: [{ label: 'Confluence', page: '/login.action' }],
    pattern: '/login\\.action',
  },
  bitbucket: {
    page: '/login',
    returnParameter: 'next',
    versions: [{ label: 'Bitbucket', page: '/login' }],
    pattern: '/login',
  },
  bamboo: {
    page: '/userlogin!doDefault.action',
    returnParameter: 'os_destination',
    versions: [
      { label: 'Bamboo 6 and later', page: '/userlogin!doDefault.action' },
      { label: 'Bamboo 5', page: '/userlogin!default.action' },
    ],
    pattern: '/userlogin(!default|!doDefault)?\\.action',
  },
};

/** The customer portal of Jira Service Management; its return parameter is relative to `folder`. */
export const portalPages = {
  page: '/servicedesk/customer/user/login',
  folder: '/servicedesk/customer/',
  returnParameter: 'destination',
  pattern: '/servicedesk/customer/user/login/?',
} as const;

/** Goes to the local login page all the same, in every product. */
export const noSsoParameter = 'nosso';

/** The way round SSO: the local login pages of a product, by version. */
export function noSsoUrls(product: Product & { readonly jsm: boolean }): { label: string; url: string }[] {
  const urls = loginPages[product.kind].versions.map(({ label, page }) => ({
    label,
    url: `${product.baseUrl}${page}?${noSsoParameter}`,
  }));
  if (product.kind !== 'jira' || !product.jsm) return urls;
  const portal = `${product.baseUrl}${portalPages.page}?${noSsoParameter}`;
  return [...urls, { label: 'Jira Service Management portal', url: portal }];
}

/**
 * The product's own login page, in the form that its current versions have.
 * @param options `returnUrl`: as `validateReturnUrl` answers it; null: no return parameter
 */
export function productLoginUrl(
  product: Product,
  options: { readonly nosso: boolean; readonly returnUrl: string | null; readonly portal?: boolean },
): string {
  const { page, returnParameter } = options.portal ? portalPages : loginPages[product.kind];
  const target = options.returnUrl === null ? null : returnValue(product, options.returnUrl, options.portal);
  const query = [
    ...(options.nosso ? [noSsoParameter] : []),
    ...(target === null ? [] : [`${returnParameter}=${encodeURIComponent(target)}`]),
  ].join('&');
  return `${product.baseUrl}${page}${query === '' ? '' : `?${query}`}`;
}

/** Where a product begins when nobody says where to go. */
export function startPage(product: Product): string {
  return `${product.baseUrl}/`;
}

/** What is relative in its folder's URL, and alone is another host or a scheme. */
const leavesFolder = /^(?:\/|[^/?#]*:)/;

/** A validated URL as the login page of the product takes it; null: not expressible, or the start page anyway. */
function returnValue(product: Product, returnUrl: string, isPortal = false): string | null {
  const { origin, pathname, search, hash } = new URL(returnUrl);
  const base = new URL(product.baseUrl);
  const context = contextPathOf(product.baseUrl);
  if (origin !== base.origin || !pathname.startsWith(`${context}/`)) return null;
  const below = `${pathname.slice(context.length)}${search}${hash}`;
  if (isPortal) {
    if (!below.startsWith(portalPages.folder)) return null;
    const relative = below.slice(portalPages.folder.length);
    return relative === '' || leavesFolder.test(relative) ? null : relative;
  }
  return below === '/' ? null : below;
}
