import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request as sendRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type AppOverrides, type BuiltApp, buildApp } from './build-app.ts';
import { type ReadConfig, readConfig } from './config.ts';
import { listen } from './http/listen.ts';
import { testNow } from './stores/testing.ts';

export const testPublicUrl = 'http://localhost:8484';

export type TestAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  readonly json: Record<string, unknown>;
};

export type TestRequest = {
  /** Sent as JSON, unless it is a text. */
  body?: unknown;
  /** Over the default ones: Host and Origin of PUBLIC_URL, and the cookie. An undefined one is left out. */
  headers?: Record<string, string | undefined>;
};

/** Talks to the app as one browser: it keeps the cookies. */
export type TestClient = {
  send(method: string, path: string, request?: TestRequest): Promise<TestAnswer>;
  /** `name=value` as the next request sends it; empty without one. */
  cookie: string;
};

export type TestApp = {
  readonly app: BuiltApp;
  readonly config: ReadConfig['config'];
  readonly port: number;
  /** Milliseconds since 1970; a test moves it. */
  readonly clock: { now: number };
  /** Every log line. */
  readonly logs: string[];
  client(): TestClient;
  /** Sets the server up and answers the first administrator's browser. */
  setUp(): Promise<TestClient>;
  close(): Promise<void>;
};

export const testAdmin = { name: 'Ann Admin', email: 'ann@example.com', password: 'plum kettle orbit nine' };

/** The whole API on loopback with a data directory of its own, a clock that stands still, and its log kept. */
export async function startTestApp(
  options: { environment?: Record<string, string>; overrides?: AppOverrides; dataDir?: string } = {},
): Promise<TestApp> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'gatehouse-app-'));
  const read = readConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'debug',
    PUBLIC_URL: testPublicUrl,
    ...options.environment,
  });
  const clock = { now: testNow };
  const logs: string[] = [];
  const app = await buildApp(
    read,
    (cause) => {
      throw cause;
    },
    {
      now: () => clock.now,
      logDestination: { write: (line: string) => void logs.push(line) },
      webDirectory: join(dataDir, 'no-web'),
      ...options.overrides,
    },
  );
  const server = await listen(app.handler, { host: '127.0.0.1', port: 0 });
  const client = () => createClient(server.port, read.config.publicUrl);
  return {
    app,
    config: read.config,
    port: server.port,
    clock,
    logs,
    client,
    async setUp() {
      const browser = client();
      const answer = await browser.send('POST', '/api/setup', {
        body: { token: app.setUpToken, ...testAdmin },
      });
      if (answer.status !== 201) throw new Error(`set-up failed: ${answer.text}`);
      return browser;
    },
    async close() {
      app.stopTaking();
      await server.stop(0);
      await app.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function createClient(port: number, publicUrl: string): TestClient {
  const client: TestClient = {
    cookie: '',
    async send(method, path, { body, headers = {} } = {}) {
      const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await exchange(port, method, path, content as string | undefined, {
        host: new URL(publicUrl).host,
        origin: publicUrl,
        ...(client.cookie === '' ? {} : { cookie: client.cookie }),
        ...(content === undefined
          ? {}
          : {
              'content-type': 'application/json',
              'content-length': String(Buffer.byteLength(content as string)),
            }),
        ...headers,
      });
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [pair = ''] = line.split(';');
        client.cookie = pair.endsWith('=') ? '' : pair;
      }
      return answer;
    },
  };
  return client;
}

async function exchange(
  port: number,
  method: string,
  path: string,
  body: string | undefined,
  headers: Record<string, string | undefined>,
): Promise<TestAnswer> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return await new Promise((resolve, reject) => {
    const request = sendRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: given as Record<string, string>,
        agent: false,
        setHost: false,
      },
      async (response) => {
        const content = await text(response);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: content,
          get json() {
            return JSON.parse(content) as Record<string, unknown>;
          },
        });
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}
