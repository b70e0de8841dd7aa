import type { Response } from 'express';
import { escapeHtml } from '../html-page.ts';
import { Html, html, plainText } from './html.ts';
import { pageStyle } from './page-style.ts';

/** Whose page it is: the company's, not ours. */
export type PageOwner = {
  /** Empty: no name was set. */
  readonly organizationName: string;
  /** E-mail address or https URL; empty: none. */
  readonly supportAddress: string;
  readonly supportText: string;
};

export type UserPage = {
  readonly status: number;
  readonly title: string;
  /** Below the company's name: what this is about. */
  readonly subject: string;
  readonly content: Html;
  readonly footer: Html | null;
};

/** What a page says where no name was set. */
export function companyName(owner: PageOwner): string {
  return owner.organizationName === '' ? 'Your company' : owner.organizationName;
}

/** A page for the person at the browser: rendered here, without script, in the colours of their system. */
export function sendUserPage(response: Response, owner: PageOwner, page: UserPage): void {
  const nonce = String(response.locals.nonce);
  const name = companyName(owner);
  const body = html`<main>
<div class="whose"><span aria-hidden="true">${firstLetter(name)}</span><div><strong>${name}</strong><small>${page.subject}</small></div></div>
${page.content}
</main>
<footer>${page.footer}</footer>`;
  response
    .status(page.status)
    .set({
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    })
    .type('html')
    .send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(plainText(`${page.title} · ${name}`))}</title>
<link rel="icon" href="data:,">
<style nonce="${escapeHtml(nonce)}">${pageStyle}</style>
</head>
<body>
${body}
</body>
</html>
`);
}

/** The time as somebody far away can quote it. */
export function timeOf(milliseconds: number): Html {
  const instant = new Date(milliseconds).toISOString();
  return html`<time datetime="${instant}">${instant.slice(11, 16)} UTC</time>`;
}

const paths = {
  tick: '<path d="m5 12.5 4.5 4.5L19 7"/>',
  arrow: '<path d="M4 12h15m-6-6 6 6-6 6"/>',
  eye: '<path d="M2.5 12C4.5 8 8 6 12 6s7.5 2 9.5 6c-2 4-5.5 6-9.5 6s-7.5-2-9.5-6Z"/><circle cx="12" cy="12" r="2.5"/>',
  eyeOff:
    '<path d="M4 4l16 16M9.9 6.2A10 10 0 0 1 12 6c4 0 7.5 2 9.5 6a13 13 0 0 1-2.6 3.5M14 14.2A2.5 2.5 0 0 1 9.800 10M6.5 7.6A12 12 0 0 0 2.5 12c2 4 5.5 6 9.5 6a10 10 0 0 0 4-.8"/>',
} as const;

/** A line drawing of 24 units that screen readers pass over. */
export function icon(name: keyof typeof paths, size: number, stroke = 2): Html {
  return new Html(
    `<svg viewBox="0 0 24 24" width="${size}" height="${size}" stroke-width="${stroke}" aria-hidden="true">${paths[name]}</svg>`,
  );
}

function firstLetter(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? '·';
}
