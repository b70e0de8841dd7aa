import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Starting takes seconds on a busy machine. Milliseconds. */
const startPatience = { timeout: 40_000, interval: 40 };

/** The real process, as production starts it, and a signed-in client that outlives it. */
export class GatehouseProcess {
  readonly dataDir: string;
  readonly #environment: Record<string, string>;
  readonly #port: number;
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #cookie = '';
  /** What every start said, one after the other. */
  output = '';

  private constructor(dataDir: string, environment: Record<string, string>, port: number) {
    this.dataDir = dataDir;
    this.#environment = environment;
    this.#port = port;
  }

  /** Reserves a port; nothing runs yet. */
  static async prepare(dataDir: string, environment: Record<string, string>): Promise<GatehouseProcess> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return new GatehouseProcess(dataDir, environment, port);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Begins a start; `ready` waits for its end. */
  start(): void {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH, HOME, DATA_DIR: this.dataDir, PORT: String(this.#port), ...this.#environment },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.#child = child;
    this.#ended = once(child, 'close');
  }

  async ready(): Promise<void> {
    await vi.waitFor(async () => {
      const answer = await fetch(`http://127.0.0.1:${this.#port}/readyz`);
      if (answer.status !== 200) throw new Error(`readyz answers ${answer.status}`);
    }, startPatience);
  }

  /** Ends it by a signal and waits for that. Answers its exit code; null when the signal ended it. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.#child?.kill(signal);
    await this.#ended;
    return this.#child?.exitCode ?? null;
  }

  /** Waits for an end that comes by itself. */
  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child?.exitCode ?? null;
  }

  async signIn(email: string, password: string): Promise<void> {
    const answer = await this.#send('POST', '/api/session', { email, password });
    this.#cookie = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  }

  /** @throws Error when the answer is no success */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#send(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  }

  #send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        origin: this.url,
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
