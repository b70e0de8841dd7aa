import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const program = fileURLToPath(new URL('main.ts', import.meta.url));
const waiting = { timeout: 30_000, interval: 50 };

type Started = { child: ChildProcess; output: () => string; exit: Promise<number | null>; port: number };

let directory: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-main-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = await occupy(0);
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function occupy(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function start(environment: Record<string, string> = {}): Promise<Started> {
  const port = environment.PORT === undefined ? await freePort() : Number(environment.PORT);
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH, DATA_DIR: join(directory, 'data'), PORT: String(port), ...environment },
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exit = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => setTimeout(resolve, 100, code)),
  );
  return { child, output: () => output, exit, port };
}

async function startReady(environment: Record<string, string> = {}): Promise<Started> {
  const process = await start(environment);
  await vi.waitFor(async () => {
    expect((await fetch(`http://127.0.0.1:${process.port}/readyz`)).status).toBe(200);
  }, waiting);
  return process;
}

describe('a start', () => {
  it('prints the address and the set-up link, once only', async () => {
    const first = await startReady();
    await vi.waitFor(() => expect(first.output()).toContain('/setup?token=gh-setup-'), waiting);
    const url = `http://localhost:${first.port}`;
    const token = /setup\?token=(\S+)/.exec(first.output())?.[1];
    const answer = await fetch(`${url.replace('localhost', '127.0.0.1')}/healthz`);
    expect(answer.status).toBe(200);
    const made = await fetch(`${url}/api/setup`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({
        token,
        name: 'Ann',
        email: 'ann@example.com',
        password: 'plum kettle orbit nine',
      }),
    });
    expect(made.status).toBe(201);
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);

    const second = await startReady();

    await vi.waitFor(() => expect(second.output()).toContain('  Gatehouse '), waiting);
    expect(second.output()).not.toContain('setup?token');
  });

  it('makes the first administrator unattended, and shows no set-up link then', async () => {
    const passwordFile = join(directory, 'password');
    writeFileSync(passwordFile, 'plum kettle orbit nine\n');

    const process = await startReady({ ADMIN_EMAIL: 'ann@example.com', ADMIN_PASSWORD_FILE: passwordFile });
    const url = `http://localhost:${process.port}`;
    const signedIn = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ann@example.com', password: 'plum kettle orbit nine' }),
    });

    expect(signedIn.status).toBe(201);
    expect(process.output()).not.toContain('setup?token');
    expect(process.output()).not.toContain('plum kettle');
  });
});

describe('a start that cannot be', () => {
  it.each<{
    name: string;
    prepare: () => Promise<Record<string, string>> | Record<string, string>;
    says: RegExp[];
  }>([
    {
      name: 'bad configuration',
      prepare: () => ({ PORT: 'many', LOG_LEVEL: 'loud', PUBLIC_URL: 'gate/house' }),
      says: [/3 problem/, /PORT:/, /LOG_LEVEL:/, /PUBLIC_URL:/],
    },
    {
      name: 'a data directory that is a file',
      prepare: () => {
        writeFileSync(join(directory, 'file'), '');
        return { DATA_DIR: join(directory, 'file', 'data') };
      },
      says: [/data directory .* cannot be written \(ENOTDIR\)/],
    },
    {
      name: 'a port in use',
      prepare: async () => {
        const server = await occupy(0);
        servers.push(server);
        return { PORT: String(portOf(server)) };
      },
      says: [/Port \d+ on 127\.0\.0\.1 is in use/],
    },
    {
      name: 'an address of another machine',
      prepare: () => ({ HOST: '192.0.2.1' }),
      says: [/This machine has no address 192\.0\.2\.1/],
    },
    {
      name: 'a weak password of the first administrator',
      prepare: () => {
        writeFileSync(join(directory, 'weak'), 'password1234');
        return { ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD_FILE: join(directory, 'weak') };
      },
      says: [/ADMIN_PASSWORD_FILE/],
    },
    {
      name: 'a database that is none',
      prepare: () => {
        mkdirSync(join(directory, 'data'));
        writeFileSync(
          join(directory, 'data/gatehouse.db'),
          'this is no database, and long enough to be read as one'.repeat(40),
        );
        return {};
      },
      says: [/not a database/],
    },
  ])('$name is told in plain words', async ({ prepare, says }) => {
    const process = await start(await prepare());

    expect(await process.exit).toBe(1);
    for (const words of says) expect(process.output()).toMatch(words);
    expect(process.output()).toContain('Gatehouse does not start.');
    expect(process.output()).not.toMatch(/\n\s+at /);
    for (const server of servers.splice(0)) server.close();
  });

  it('a second process on the same data directory names the first', async () => {
    const first = await startReady();

    const second = await start();

    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`process ${first.child.pid}`);
    expect(second.output()).toContain(`http://localhost:${first.port}`);
  });

  it.each([
    { name: 'another key', change: (file: string) => writeFileSync(file, `${'ab'.repeat(31)}cd`) },
    { name: 'no key any more', change: (file: string) => rmSync(file) },
  ])('$name', async ({ change }) => {
    const first = await startReady();
    first.child.kill('SIGTERM');
    await first.exit;
    const keyFile = join(directory, 'data/app-key');
    expect(readFileSync(keyFile, 'utf8')).toHaveLength(45);
    chmodSync(keyFile, 0o600);
    change(keyFile);

    const second = await start();

    expect(await second.exit).toBe(1);
    expect(second.output()).toMatch(/does not open the stored secrets|is gone/);
  });
});

const servers: Server[] = [];

describe('a stop', () => {
  it.each<{ name: string; stop: (child: ChildProcess) => unknown }>([
    { name: 'SIGTERM', stop: (child) => child.kill('SIGTERM') },
    { name: 'SIGINT', stop: (child) => child.kill('SIGINT') },
    { name: 'one signal that arrives twice', stop: (child) => [child.kill('SIGINT'), child.kill('SIGTERM')] },
    { name: 'the launcher being gone', stop: (child) => child.disconnect() },
  ])('by $name is graceful, and frees the data directory', async ({ stop }) => {
    const first = await startReady();

    stop(first.child);

    expect(await first.exit).toBe(0);
    expect(first.output()).toContain('"msg":"stopped"');
    const second = await startReady();
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  });

  it('lets an answer finish, and takes no more requests', async () => {
    const process = await startReady();
    const url = `http://localhost:${process.port}`;
    const slow = fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'wrong password here' }),
    });
    await vi.waitFor(() => expect(process.output()).toContain('listening'), waiting);
    await new Promise((resolve) => setTimeout(resolve, 20));

    process.child.kill('SIGTERM');
    const answer = await slow;
    await process.exit;

    expect([401, 503]).toContain(answer.status);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('after a kill nothing stands in the way of the next start', async () => {
    const first = await startReady();

    first.child.kill('SIGKILL');
    await first.exit;

    const second = await startReady();
    expect(second.output()).not.toContain('does not start');
  });
});
