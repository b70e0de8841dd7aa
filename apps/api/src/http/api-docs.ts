import type { Endpoint } from '@gatehouse/contracts/endpoint';
import { endpoints } from '@gatehouse/contracts/endpoints';
import { errorCodes } from '@gatehouse/contracts/error-codes';
import type { Response } from 'express';
import { describeFields, type FieldDescription } from './describe-fields.ts';
import { escapeHtml, sendPage } from './html-page.ts';
import { allErrorCodes, successStatus } from './openapi.ts';

const style = `
nav ul { columns: 3 16rem; column-gap: 2.5rem; padding-left: 1.1rem; }
nav li { break-inside: avoid; }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .5rem; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: .75rem 0 .25rem; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 650; }
.soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .3rem .75rem .3rem 0; }
th { font-weight: 600; color: var(--soft); }
pre { background: var(--tint); padding: .6rem .8rem; overflow-x: auto; border-radius: 6px; }
`;

/**
 * Sends the API as a page for people, from the same table as the routes. It is rendered once, when it is first asked
 * for: anybody may ask, and it takes tens of milliseconds.
 */
export function createApiDocs(publicUrl: string, render = renderApiDocs): (response: Response) => void {
  let body: string | undefined;
  return (response) => {
    body ??= render(publicUrl);
    sendPage(response, { title: 'Gatehouse API', body, style });
  };
}

/** The page's content as HTML, everything escaped. */
export function renderApiDocs(publicUrl: string): string {
  const byTag = new Map<string, [string, Endpoint][]>();
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    byTag.set(endpoint.tag, [...(byTag.get(endpoint.tag) ?? []), [name, endpoint]]);
  }
  const groups = [...byTag].map(
    ([tag, list]) => `<h2>${escapeHtml(tag)}</h2>
${list.map(([name, endpoint]) => renderEndpoint(name, endpoint, publicUrl)).join('\n')}`,
  );
  return `<p>Sign in with <code>POST /api/session</code> and send the cookie with every call. Changes need the header
<code>Origin: ${escapeHtml(publicUrl)}</code> and a JSON body. Errors are <code>application/problem+json</code> with a
stable <code>code</code>. The same as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<nav aria-label="Operations">
<ul>
${[...byTag.values()].flat().map(renderLink).join('\n')}
</ul>
</nav>
${groups.join('\n')}
<h2>Error codes</h2>
${renderErrors()}`;
}

function renderLink([name, endpoint]: [string, Endpoint]): string {
  return `<li><a href="#${name}">${escapeHtml(endpoint.summary.split(';')[0] ?? endpoint.summary)}</a></li>`;
}

function renderEndpoint(name: string, endpoint: Endpoint, publicUrl: string): string {
  const answer = endpoint.raw
    ? `${endpoint.raw.contentType}: ${endpoint.raw.description}`
    : endpoint.response
      ? 'JSON'
      : 'no body';
  return `<section id="${name}">
<h3>${escapeHtml(endpoint.summary)}</h3>
<p><code><span class="method">${endpoint.method}</span> ${escapeHtml(endpoint.path)}</code>
<span class="soft">Role: ${endpoint.role}. Answers ${successStatus(endpoint)}, ${escapeHtml(answer)}.</span></p>
${renderFields('In the path', endpoint.params && describeFields(endpoint.params, 'input'))}
${renderFields('In the query', endpoint.query && describeFields(endpoint.query, 'input'))}
${renderFields('In the body', endpoint.body && describeFields(endpoint.body, 'input'))}
${renderFields('In the answer', endpoint.response && describeFields(endpoint.response, 'output'))}
<p class="soft">Errors: ${allErrorCodes(endpoint)
    .map((code) => `<a href="#${code}"><code>${code}</code></a>`)
    .join(' ')}</p>
<pre tabindex="0" role="region" aria-label="Example: ${escapeHtml(endpoint.summary)}">${escapeHtml(curlLine(endpoint, publicUrl))}</pre>
</section>`;
}

function renderFields(caption: string, fields: readonly FieldDescription[] | undefined): string {
  if (!fields || fields.length === 0) return '';
  const rows = fields.map(
    (field) =>
      `<tr><td><code>${escapeHtml(field.name)}</code></td><td>${escapeHtml(field.type)}</td><td>${field.required ? 'yes' : 'no'}</td></tr>`,
  );
  return `<table><caption>${caption}</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Always there</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`;
}

function renderErrors(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`;
}

/** One line for a shell; `jar` keeps the session between calls. */
export function curlLine(endpoint: Endpoint, publicUrl: string): string {
  const isWrite = endpoint.method !== 'GET';
  const required = endpoint.body ? describeFields(endpoint.body, 'input').filter(isTopLevelRequired) : [];
  const body = Object.fromEntries(required.map((field) => [field.name, '…']));
  const path = endpoint.path.replaceAll(/:(\w+)/g, '<$1>');
  return [
    'curl -s',
    endpoint.role === 'public' && !isWrite ? '' : '-b jar -c jar',
    endpoint.method === 'GET' ? '' : `-X ${endpoint.method}`,
    isWrite ? `-H 'Origin: ${publicUrl}'` : '',
    endpoint.body ? `--json '${JSON.stringify(body)}'` : '',
    `'${publicUrl}${path}'`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function isTopLevelRequired(field: FieldDescription): boolean {
  return field.required && !field.name.includes('.');
}
