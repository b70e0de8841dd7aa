import { readFile } from 'node:fs/promises';
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
  const files = { index: false, redirect: false } as const;
  const router = express.Router();
  router.use(
    '/assets',
    express.static(join(directory, 'assets'), { ...files, immutable: true, maxAge: '365d' }),
  );
  router.use(express.static(directory, { ...files, maxAge: '1h', dotfiles: 'ignore' }));
  router.use(answerWithPage(page));
  return router;
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
  try {
    return await readFile(join(directory, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** For whatever nothing else answered. */
export function notFound(): RequestHandler {
  return (request) => {
    throw new ApiError('not-found', `There is nothing at ${request.path}.`);
  };
}
