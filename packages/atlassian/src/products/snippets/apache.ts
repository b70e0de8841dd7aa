import {
  bypassCookie,
  bypassPattern,
  type RedirectedPage,
  type RedirectedProduct,
  redirectedPages,
} from './redirected-pages.ts';

/** The query goes along as it came (`QSA`): Gatehouse knows the products' own names of the return parameter. */
export function apacheSnippet(product: RedirectedProduct): string {
  return `RewriteEngine On

${redirectedPages(product)
  .map((page) => rules(page, product))
  .join('\n')}`;
}

function rules(page: RedirectedPage, { loginUrl }: RedirectedProduct): string {
  // A changed query would be escaped a second time without NE.
  const target = page.isPortal ? `${loginUrl}?portal=1 [R=302,L,QSA,NE]` : `${loginUrl} [R=302,L,QSA]`;
  return `RewriteCond %{REQUEST_METHOD} ^(GET|HEAD)$
RewriteCond %{QUERY_STRING} !(^|&)${bypassPattern}(=[^&]*)?(&|$) [NC]
RewriteCond %{HTTP_COOKIE} !(^|;\\s*)sso_nosso=1(;|$)
RewriteRule ${page.pattern} ${target}
Header always add Set-Cookie "${bypassCookie}" "expr=%{REQUEST_URI} =~ m#${page.pattern}# && %{QUERY_STRING} =~ /(^|&)${bypassPattern}(=|&|$)/i"
`;
}
