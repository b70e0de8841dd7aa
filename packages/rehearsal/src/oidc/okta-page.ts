import { type Html, html } from '../console/html.ts';
import type { Answer } from './answer.ts';

/** No form-action: Chromium applies it to the redirect to the product that follows a sign-in. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** A page of the sign-in side: narrow, without the console's navigation. */
export function signInPage(page: {
  title: string;
  status?: number;
  body: Html;
  headers?: Readonly<Record<string, string>>;
}): Answer {
  return {
    status: page.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      ...page.headers,
    },
    body: document(page.title, page.body).markup,
  };
}

/** Okta's own error page: what the browser shows when there is no app to go back to. */
export function oktaErrorPage(status: number, description: string): Answer {
  return signInPage({
    title: 'Error',
    status,
    body: html`<h1>${status}</h1>
      <p>Your request resulted in an error.</p>
      <p class="reason">${description}</p>
      <p><a href="/console/applications">To the applications of the rehearsal</a></p>`,
  });
}

function document(title: string, body: Html): Html {
  return html`<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Rehearsal</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/console/console.css" />
  </head>
  <body class="sign-in">
    <header>
      <p class="banner"><strong>This is a rehearsal, not Okta.</strong> Nobody needs a password here.</p>
    </header>
    <main id="content">${body}</main>
  </body>
</html>`;
}
