/** `BareFlow` behind one handler, as a process of its own: PORT, ISSUER, CLIENT_ID and CLIENT_SECRET say how. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BareFlow } from './bare-flow.ts';

const { PORT = '', ISSUER = '', CLIENT_ID = '', CLIENT_SECRET = '' } = process.env;
const origin = `http://127.0.0.1:${PORT}`;
const upstream = { url: ISSUER, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
const flow = await BareFlow.discover(upstream, `${origin}/callback`);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!request.url?.startsWith('/callback')) {
    const { browser, location } = await flow.begin();
    response.writeHead(303, { location, 'set-cookie': `login=${browser}; HttpOnly; Path=/` }).end();
    return;
  }
  const browser = /login=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const name = await flow.complete(browser, `${origin}${request.url}`);
  response.writeHead(name === null ? 400 : 200, { 'content-type': 'text/html' }).end(`<p>${name}</p>`);
}

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.writeHead(500).end();
  });
}).listen(Number(PORT), '127.0.0.1');
