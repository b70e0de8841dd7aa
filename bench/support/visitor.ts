import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { LoginUpstream } from './login-upstream.ts';

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

/** Browsers that log in, each a new one, over connections that are kept. */
export class Visitor {
  readonly #agent = new Agent({ keepAlive: true, keepAliveMsecs: 60_000 });
  #count = 0;

  /**
   * One login from its start to the page at its end.
   * @throws Error with what came instead
   */
  async logIn(startUrl: string, upstream: LoginUpstream): Promise<void> {
    this.#count += 1;
    // A documentation address (RFC 5737) of this login's own; nothing is ever sent there.
    const headers = { 'x-forwarded-for': `198.51.100.${this.#count % 250}` };
    const start = await this.#get(startUrl, headers);
    const { location } = start.headers;
    if (start.status !== 303 || location === undefined) throw unexpected(startUrl, start);
    const cookie = (start.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0]).join('; ');
    const callbackUrl = upstream.signIn(location);
    const end = await this.#get(callbackUrl, { ...headers, cookie });
    if (end.status !== 200 || !end.body.includes('00u')) throw unexpected(callbackUrl, end);
  }

  close(): void {
    this.#agent.destroy();
  }

  #get(url: string, headers: Record<string, string>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        { agent: this.#agent, headers: { accept: 'text/html', ...headers } },
        (response) => {
          const { statusCode = 0, headers: received } = response;
          text(response).then((body) => resolve({ status: statusCode, headers: received, body }), reject);
        },
      );
      sent.once('error', reject);
      sent.end();
    });
  }
}

function unexpected(url: string, { status, headers, body }: Answer): Error {
  const said = body.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  return new Error(
    `${new URL(url).pathname} answered ${status} ${headers.location ?? ''}: ${said.slice(0, 400)}`,
  );
}
