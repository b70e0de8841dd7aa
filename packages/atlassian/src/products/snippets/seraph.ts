import type { RedirectedProduct } from './redirected-pages.ts';

/**
 * Seraph, of Jira, Confluence and Bamboo, may send people to another server and puts the page that they wanted into
 * `${originalurl}`; its own login page stays as it is, so `nosso` needs nothing. Null for Bitbucket, which has no Seraph.
 */
export function seraphSnippet({ kind, loginUrl }: RedirectedProduct): string | null {
  if (kind === 'bitbucket') return null;
  const value = `${loginUrl}?os_destination=\${originalurl}`;
  const parameters = ['login.url', 'link.login.url'].map(
    (name) => `<init-param>
    <param-name>${name}</param-name>
    <param-value>${value}</param-value>
</init-param>`,
  );
  return `${parameters.join('\n')}\n`;
}
