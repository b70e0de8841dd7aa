import { apacheSnippet } from './snippets/apache.ts';
import { caddySnippet } from './snippets/caddy.ts';
import { nginxSnippet } from './snippets/nginx.ts';
import type { RedirectedProduct } from './snippets/redirected-pages.ts';
import { seraphSnippet } from './snippets/seraph.ts';

export type RedirectSnippet = {
  readonly target: 'nginx' | 'apache' | 'caddy' | 'seraph';
  readonly label: string;
  /** Where it goes, in one sentence. */
  readonly where: string;
  readonly text: string;
};

/** What to paste into the product or into its proxy so that its login page asks Gatehouse; only what that product can. */
export function redirectSnippets(product: RedirectedProduct): RedirectSnippet[] {
  const host = new URL(product.baseUrl).host;
  const inProxy: RedirectSnippet[] = [
    {
      target: 'nginx',
      label: 'nginx',
      where: `The first part into http { }, once for all products; the second into server { } of ${host}, with the proxy_pass that is there now.`,
      text: nginxSnippet(product),
    },
    {
      target: 'apache',
      label: 'Apache',
      where: `Into <VirtualHost> of ${host}, above ProxyPass. It needs mod_rewrite and mod_headers.`,
      text: apacheSnippet(product),
    },
    {
      target: 'caddy',
      label: 'Caddy',
      where: `Into the site block of ${host} in the Caddyfile, above reverse_proxy.`,
      text: caddySnippet(product),
    },
  ];
  const seraph = seraphSnippet(product);
  if (seraph === null) return inProxy;
  const where =
    'Into WEB-INF/classes/seraph-config.xml of every node, in place of the two parameters there. Restart, and repeat it after every upgrade.';
  return [...inProxy, { target: 'seraph', label: 'seraph-config.xml', where, text: seraph }];
}
