import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { OktaError } from '../okta-error.ts';
import type { World } from '../world.ts';
import { html } from './html.ts';
import { sendPage } from './layout.ts';
import { addAppPages } from './pages/app-pages.ts';
import { addCallPages } from './pages/call-pages.ts';
import { addFaultPages } from './pages/fault-pages.ts';
import { addGroupPages } from './pages/group-pages.ts';
import { addHomePage } from './pages/home-page.ts';
import { addOrganizationPages } from './pages/organization-pages.ts';
import { addPeoplePages } from './pages/people-pages.ts';
import { addTokenPages } from './pages/token-pages.ts';

/** Narrow screens come last: their rules override the others. */
const STYLE = ['colours', 'frame', 'content', 'sign-in', 'narrow']
  .map((name) => readFileSync(join(import.meta.dirname, 'style', `${name}.css`), 'utf8'))
  .join('\n');

/** The console below `/console`: plain pages and forms, without script. */
export function createConsoleRouter(world: World): Router {
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 100 }));
  router.get('/console.css', (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('text/css').send(STYLE);
  });
  addHomePage(router, world);
  addTokenPages(router, world);
  addPeoplePages(router, world);
  addGroupPages(router, world);
  addAppPages(router, world);
  addFaultPages(router, world);
  addCallPages(router, world);
  addOrganizationPages(router, world);
  router.use((_request, response) => {
    sendProblem(response, 404, 'There is no such page', 'Follow the navigation to a page that exists.');
  });
  router.use(answerWithPage);
  return router;
}

function answerWithPage(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent || !(error instanceof OktaError)) {
    next(error);
    return;
  }
  const title = error.status === 404 ? 'That is not there any more' : 'Okta refuses that';
  sendProblem(response, error.status, title, `${error.errorCode}: ${error.message}`);
}

function sendProblem(response: Response, status: number, title: string, explanation: string): void {
  sendPage(response, {
    title,
    section: 'home',
    status,
    body: html`<h1>${title}</h1>
      <p>${explanation}</p>
      <p><a href="/console">To the dashboard</a></p>`,
  });
}
