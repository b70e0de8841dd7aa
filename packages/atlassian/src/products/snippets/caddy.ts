import {
  bypassCookie,
  bypassPattern,
  type RedirectedPage,
  type RedirectedProduct,
  redirectedPages,
} from './redirected-pages.ts';

/** The query goes along as it came: Gatehouse knows the products' own names of the return parameter. */
export function caddySnippet(product: RedirectedProduct): string {
  return redirectedPages(product)
    .map((page) => rules(page, product))
    .join('\n');
}

function rules(page: RedirectedPage, { loginUrl }: RedirectedProduct): string {
  const bypass = `{http.request.uri.query}.matches("(?i)(^|&)${bypassPattern}(=[^&]*)?(&|$)")`;
  const query = page.isPortal ? 'portal=1&{query}' : '{query}';
  return `@${page.name} {
    method GET HEAD
    path_regexp ${page.pattern}
    not expression ${bypass}
    not header_regexp Cookie (^|;\\s*)sso_nosso=1(;|$)
}
redir @${page.name} ${loginUrl}?${query} 302
@${page.name}_bypass {
    path_regexp ${page.pattern}
    expression ${bypass}
}
header @${page.name}_bypass +Set-Cookie "${bypassCookie}"
`;
}
