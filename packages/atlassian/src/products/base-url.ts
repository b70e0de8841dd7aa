/** What an admin pasted as the base URL of a product, understood and cleaned, or why it cannot be one. */
export type BaseUrlAnswer =
  | { readonly ok: true; readonly baseUrl: string }
  | { readonly ok: false; readonly detail: string };

const lengthLimit = 500;
const example = 'A base URL looks like https://jira.acme.example or https://tools.acme.example/jira.';
/** As the URL parser leaves a name or an IPv4 address (punycode, lower case), or an IPv6 literal. */
const hostPattern =
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$|^\[[0-9a-f:.]+\]$/;
/** Without percent signs, dollars and quotes: the path is pasted into the configuration of proxies. */
const contextPathPattern = /^(?:\/[A-Za-z0-9._~-]+)*$/;
const pagePattern = /\.(?:jspa?|action|html?)$/i;

/**
 * Reads the base URL of a product: https, or http on this machine only; a context path may follow; no user name, query,
 * fragment or page. A missing scheme is https; slashes at the end and the default port are taken away. The answer reads
 * itself to itself.
 */
export function readBaseUrl(paste: string): BaseUrlAnswer {
  const text = paste.trim();
  if (text === '') return refuse(`Enter the base URL. ${example}`);
  if (text.length > lengthLimit) return refuse(`A base URL has at most ${lengthLimit} characters.`);
  if (/[\s\\\p{Cc}\p{Cf}]/u.test(text))
    return refuse(`A base URL has no spaces, backslashes or hidden characters. ${example}`);
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null) return refuse(`This is not an address of a web server. ${example}`);
  const problem = schemeProblem(url) ?? partsProblem(url) ?? pathProblem(url);
  return problem === null ? { ok: true, baseUrl: cleaned(url) } : refuse(problem);
}

/** `/jira` of `https://tools.acme.example/jira`; empty at the root. */
export function contextPathOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/+$/, '');
}

/** True for a URL's host name that can only mean this machine. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d+){3}$/.test(hostname)
  );
}

function schemeProblem(url: URL): string | null {
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return `A base URL begins with https://. ${example}`;
  if (isLoopback(url.hostname)) return null;
  return 'Use the https:// address of the product: over http:// logins can be read and changed on the way. http:// is accepted for this machine only.';
}

function partsProblem(url: URL): string | null {
  if (url.username !== '' || url.password !== '') return 'Leave out the user name and password before the @.';
  if (url.search !== '' || url.href.includes('?')) return 'Leave out the question mark and what follows it.';
  if (url.hash !== '' || url.href.includes('#')) return 'Leave out the # and what follows it.';
  if (!hostPattern.test(url.hostname.replace(/\.$/, ''))) return `This host name cannot be used. ${example}`;
  return null;
}

function pathProblem(url: URL): string | null {
  const path = url.pathname.replace(/\/+$/, '');
  if (pagePattern.test(path))
    return 'This is the address of a page. Leave out the page: the base URL stands in the general configuration of the product.';
  if (contextPathPattern.test(path)) return null;
  return 'A context path has letters, digits, dots, dashes, underscores and tildes only, such as /jira.';
}

function cleaned(url: URL): string {
  const host = url.hostname.replace(/\.$/, '');
  const port = url.port === '' ? '' : `:${url.port}`;
  return `${url.protocol}//${host}${port}${url.pathname.replace(/\/+$/, '')}`;
}

function refuse(detail: string): BaseUrlAnswer {
  return { ok: false, detail };
}
