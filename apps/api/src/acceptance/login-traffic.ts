import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One exchange at an authorization server, as it went over the wire. */
type Exchange = {
  readonly path: string;
  readonly authorization: string;
  sent: string;
  answered: string;
};

const channel = 'http.server.request.start';
type Started = { readonly request: IncomingMessage; readonly response: ServerResponse };

/** Listens in on the authorization servers of this process: what else would know a verifier or an access token. */
export function recordTraffic(): { readonly exchanges: readonly Exchange[]; readonly stop: () => void } {
  const exchanges: Exchange[] = [];
  function listen(message: unknown): void {
    const { request, response } = message as Started;
    const path = request.url ?? '';
    if (!path.startsWith('/oauth2/')) return;
    const exchange: Exchange = {
      path,
      authorization: request.headers.authorization ?? '',
      sent: '',
      answered: '',
    };
    exchanges.push(exchange);
    overhear(request, 'push', (text) => {
      exchange.sent += text;
    });
    for (const name of ['write', 'end'] as const) {
      overhear(response, name, (text) => {
        exchange.answered += text;
      });
    }
  }
  diagnostics.subscribe(channel, listen);
  return { exchanges, stop: () => void diagnostics.unsubscribe(channel, listen) };
}

function overhear<Name extends string>(
  stream: { [name in Name]: (...given: never[]) => unknown },
  name: Name,
  hear: (text: string) => void,
): void {
  const through = stream[name].bind(stream) as (...given: unknown[]) => unknown;
  Object.assign(stream, {
    [name](...given: unknown[]) {
      const [chunk] = given;
      if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) hear(chunk.toString('latin1'));
      return through(...given);
    },
  });
}
