import {
  bypassCookie,
  bypassPattern,
  type RedirectedPage,
  type RedirectedProduct,
  redirectedPages,
} from './redirected-pages.ts';

/**
 * `$arg_*` stays percent-encoded, so nothing of it ends a header, and an `&` inside a value survives. Regular expressions
 * are quoted because of their semicolon. Only GET and HEAD are redirected: a POST is the local form.
 */
export function nginxSnippet(product: RedirectedProduct): string {
  const maps = bypassPattern
    .slice(1, -1)
    .split('|')
    .map((word) => `"~*(^|&)${word}(=[^&]*)?(&|$)" 1;`)
    .join(' ');
  return `# http { }
# "?nosso" has no value, so $arg_nosso is empty for both "absent" and "?nosso": $args is matched instead
map $args $sso_nosso_arg { default 0; ${maps} }
map $cookie_sso_nosso $sso_nosso_cookie { default 0; "1" 1; }
map "$request_method:$sso_nosso_arg:$sso_nosso_cookie" $sso_redirect { default 0; "GET:0:0" 1; "HEAD:0:0" 1; }
map $sso_nosso_arg $sso_nosso_setcookie { default ""; 1 "${bypassCookie}"; }

# server { }
${redirectedPages(product)
  .map((page) => location(page, product))
  .join('\n')}
`;
}

function location(page: RedirectedPage, { loginUrl }: RedirectedProduct): string {
  const query = page.isPortal
    ? `portal=1&${page.returnParameter}=$arg_${page.returnParameter}`
    : `return=$arg_${page.returnParameter}&pv=$arg_permissionViolation`;
  return `location ~ "${page.pattern}" {
    add_header Set-Cookie $sso_nosso_setcookie always;
    if ($sso_redirect) { return 302 ${loginUrl}?${query}; }
    proxy_pass http://127.0.0.1:8080;   # as in your location /
}`;
}
