import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { ApiError } from './errors.ts';
import { sendPage } from './html-page.ts';

const noncePlaceholder = '__NONCE__';
/** Paths that belong to doors of the server; the single-page app never answers there. */
const serverPaths = /^\/(?:api|crowd|oidc|sso|t|assets|healthz|readyz)(?:\/|$)/;

/**
 * Serves the built single-page app: files with a hash in their name for a year, `index.html` afresh with the nonce of
 * the answer, for every other path that a browser navigates to.
 * @param directory the output of the build
 */
export async function serveSpa(directory: string): Promise<RequestHandler> {
  const page = await readIndex(directory);
  const names = new Set(await listFiles(directory));
  const files = { index: false, redirect: false } as const;
  const otherFiles = express.static(directory, { ...files, maxAge: '1h' });
  const router = express.Router();
  router.use(
    '/assets',
    express.static(join(directory, 'assets'), { ...files, immutable: true, maxAge: '365d' }),
  );
  router.use((request, response, next) => {
    if (names.has(request.path.slice(1))) otherFiles(request, response, next);
    else next();
  });
  router.use(answerWithPage(page));
  return router;
}

/** The files beside `index.html`, which never leaves as it is. */
async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(ignoreMissing);
  const names = (entries ?? []).filter((entry) => entry.isFile()).map((entry) => entry.name);
  return names.filter((name) => name !== 'index.html' && !name.startsWith('.'));
}

function answerWithPage(page: string | null): RequestHandler {
  return (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || serverPaths.test(request.path) || request.accepts(['json', 'html']) !== 'html')
      return next();
    if (page === null) {
      sendPage(response, {
        status: 503,
        title: 'The interface is not built yet',
        body: '<p>The API runs. Start Gatehouse with <code>npx --yes pnpm@12.21.0 start</code>, which builds the interface.</p>',
      });
      return;
    }
    response.set('cache-control', 'no-store').type('html');
    response.send(page.replaceAll(noncePlaceholder, String(response.locals.nonce)));
  };
}

async function readIndex(directory: string): Promise<string | null> {
  return await readFile(join(directory, 'index.html'), 'utf8').catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** For whatever nothing else answered. */
export function notFound(): RequestHandler {
  return (request) => {
    throw new ApiError('not-found', `There is nothing at ${request.path}.`);
  };
}
