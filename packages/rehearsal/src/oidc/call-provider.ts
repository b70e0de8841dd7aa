import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Answer } from './answer.ts';

export type ProviderRequest = {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A form, encoded. */
  readonly body?: string;
};

/** oidc-provider as Node's server would call it. */
export type ProviderHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Asks oidc-provider as a function: a request goes in, an answer comes out, no connection is involved. */
export function callProvider(
  handler: ProviderHandler,
  host: string,
  asked: ProviderRequest,
): Promise<Answer> {
  const request = new IncomingMessage(new Socket());
  request.method = asked.method;
  request.url = asked.path;
  request.headers = { ...asked.headers, host };
  if (asked.body !== undefined) {
    request.headers['content-type'] = 'application/x-www-form-urlencoded';
    request.headers['content-length'] = String(Buffer.byteLength(asked.body));
    request.push(asked.body);
  }
  request.push(null);
  request.complete = true;

  return new Promise((resolve, reject) => {
    const response = new CapturedResponse(request, resolve);
    handler(request, response).catch(reject);
  });
}

class CapturedResponse extends ServerResponse {
  readonly #resolve: (answer: Answer) => void;

  constructor(request: IncomingMessage, resolve: (answer: Answer) => void) {
    super(request);
    this.#resolve = resolve;
  }

  override end(chunk?: unknown): this {
    const body =
      typeof chunk === 'string' || chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : '';
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.getHeaders())) {
      if (name !== 'set-cookie' && name !== 'content-length') headers[name] = String(value);
    }
    this.#resolve({ status: this.statusCode, headers, body });
    return this;
  }
}
