import type { Response } from 'express';
import { ORG_NAME } from '../api/answers.ts';
import { type Html, type HtmlValue, html } from './html.ts';

export type Section =
  | 'home'
  | 'people'
  | 'groups'
  | 'applications'
  | 'api'
  | 'faults'
  | 'calls'
  | 'organization';

export type Notice = { readonly tone: 'done' | 'failed'; readonly text: HtmlValue };

export type Page = {
  readonly title: string;
  readonly section: Section;
  readonly notice?: Notice | undefined;
  readonly body: Html;
  readonly status?: number;
};

type Entry = { readonly section: Section; readonly href: string; readonly label: string };

const DIRECTORY: readonly Entry[] = [
  { section: 'people', href: '/console/people', label: 'People' },
  { section: 'groups', href: '/console/groups', label: 'Groups' },
];
const APPLICATIONS: readonly Entry[] = [
  { section: 'applications', href: '/console/applications', label: 'Applications' },
];
const SECURITY: readonly Entry[] = [{ section: 'api', href: '/console/security/api', label: 'API' }];
const REHEARSAL: readonly Entry[] = [
  { section: 'faults', href: '/console/faults', label: 'Faults' },
  { section: 'calls', href: '/console/calls', label: 'Calls' },
  { section: 'organization', href: '/console/organization', label: 'Organization' },
];

/** Nothing is loaded from elsewhere, no script runs, and no other page can frame the console. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Sends a page of the console. */
export function sendPage(response: Response, page: Page): void {
  response.status(page.status ?? 200);
  response.set({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  response.end(document(page).markup);
}

function document(page: Page): Html {
  return html`<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${page.title} · Rehearsal</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/console/console.css" />
  </head>
  <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header class="top">
      <p class="banner">
        <strong>This is a rehearsal, not Okta.</strong> It runs on this machine only: practise here, break
        what you like.
      </p>
      <p class="org"><a href="/console">${ORG_NAME}</a></p>
    </header>
    <div class="frame">
      <nav aria-label="Main">
        ${navList([{ section: 'home', href: '/console', label: 'Dashboard' }], page.section)}
        ${navGroup('Directory', DIRECTORY, page.section)}
        ${navGroup('Applications', APPLICATIONS, page.section)}
        ${navGroup('Security', SECURITY, page.section)}
        ${navGroup('Rehearsal', REHEARSAL, page.section)}
      </nav>
      <main id="content" tabindex="-1">
        ${page.notice && noticeBox(page.notice)}
        ${page.body}
      </main>
    </div>
  </body>
</html>`;
}

function navGroup(label: string, entries: readonly Entry[], current: Section): Html {
  return html`<details open>
    <summary>${label}</summary>
    ${navList(entries, current)}
  </details>`;
}

function navList(entries: readonly Entry[], current: Section): Html {
  return html`<ul class="menu">
    ${entries.map(({ section, href, label }) => {
      const mark = section === current ? html` aria-current="page"` : '';
      return html`<li><a href="${href}"${mark}>${label}</a></li>`;
    })}
  </ul>`;
}

function noticeBox(notice: Notice): Html {
  const role = notice.tone === 'failed' ? 'alert' : 'status';
  return html`<div class="notice ${notice.tone}" role="${role}"><p>${notice.text}</p></div>`;
}
