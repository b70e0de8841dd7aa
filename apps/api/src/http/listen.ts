import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The address cannot be listened on. The message is for the person at the terminal. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

export type Listening = {
  readonly port: number;
  /** Takes no new connection, lets answers finish for so many milliseconds, then cuts off the rest. */
  stop(graceMs: number): Promise<void>;
};

/** A request's head must be there after this. Slow senders hold a connection, nothing else. */
const headersTimeoutMs = 15_000;
const requestTimeoutMs = 60_000;
const keepAliveMs = 65_000;
const sweepEveryMs = 50;

/** @throws ListenError */
export async function listen(
  handler: RequestListener,
  address: { host: string; port: number },
): Promise<Listening> {
  const server = createServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveMs },
    handler,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(wordListenError(error, address)));
    server.listen(address.port, address.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { port, stop: (graceMs) => stop(server, graceMs) };
}

function wordListenError(
  error: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
): ListenError {
  const where = `${host}:${port}`;
  const words: Record<string, string | undefined> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop that, or set PORT to a free one.`,
    EACCES: `This account may not listen on ${where}. Ports below 1024 need a privilege; set PORT to a higher one.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to 127.0.0.1, or to one of its own addresses.`,
    ENOTFOUND: `HOST ${host} does not resolve. Set it to an address of this machine.`,
  };
  const message = words[error.code ?? ''] ?? `Listening on ${where} failed: ${error.message}`;
  return new ListenError(message, { cause: error });
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection that is kept alive becomes idle only when its answer is out.
  const sweeper = setInterval(() => server.closeIdleConnections(), sweepEveryMs);
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweeper);
  clearTimeout(timer);
}
