import { freePort, startNode } from './child.ts';
import { untilAnswered } from './gatehouse.ts';

const script = `require('node:http').createServer((_request, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')`;

export type BareServer = {
  readonly url: string;
  readonly readyAfterMs: number;
  stop(): Promise<void>;
};

/** The least that a Node server can be: a process that answers `ok`. */
export async function startBareServer(): Promise<BareServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const child = startNode(['-e', script], { PORT: String(port) });
  try {
    await untilAnswered(url, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { url, readyAfterMs: performance.now() - startedAt, stop: child.stop };
}
