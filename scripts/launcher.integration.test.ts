import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { root } from './root.ts';

const waiting = { timeout: 55_000, interval: 100 };
// Building the interface may be part of the first start.
vi.setConfig({ testTimeout: 120_000 });

let directory: string;
let port: number;
let launcher: ChildProcess | undefined;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-launcher-'));
  port = await freePortPair();
});
afterEach(() => {
  launcher?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** A port that is free together with the next one, where the rehearsal listens. */
async function freePortPair(): Promise<number> {
  for (;;) {
    const first = createServer();
    await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve));
    const address = first.address();
    const candidate = typeof address === 'object' && address !== null ? address.port : 0;
    const second = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      second.once('error', () => resolve(false));
      second.listen(candidate + 1, '127.0.0.1', () => resolve(true));
    });
    await Promise.all([first, second].map((server) => new Promise((resolve) => server.close(resolve))));
    if (isFree) return candidate;
  }
}

/** Processes that were started with this data directory: the launcher and its children. */
function processesOfTest(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'utf8').includes(directory);
      } catch {
        return false;
      }
    })
    .map(Number);
}

type Program = { file: string; options: string[]; argv0: string };

const launcherItself: Program = { file: process.execPath, options: ['scripts/launcher.ts'], argv0: 'node' };
/** As `npx pnpm start` does it: a runner, and a shell that passes no signal on. */
const throughRunner: Program = {
  file: process.execPath,
  options: [
    '-e',
    `require('node:child_process').spawn('sh', ['-c', '"${process.execPath}" scripts/launcher.ts; true'], { stdio: 'inherit' })`,
  ],
  argv0: 'pnpm',
};

async function start(environment: Record<string, string> = {}, program = launcherItself) {
  const child = spawn(program.file, program.options, {
    argv0: program.argv0,
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, DATA_DIR: join(directory, 'data'), PORT: String(port), ...environment },
  });
  launcher = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, exit, output: () => output };
}

async function ready(): Promise<void> {
  await vi.waitFor(async () => {
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  }, waiting);
}

it.runIf(process.platform === 'linux')(
  'starts both, tells the addresses, and leaves no process behind',
  async () => {
    const started = await start();
    await ready();
    await vi.waitFor(() => expect(started.output()).toContain(`http://127.0.0.1:${port + 1}`), waiting);
    const rehearsal = await fetch(`http://127.0.0.1:${port + 1}/`);
    const server = (await (await fetch(`http://localhost:${port}/api/server`)).json()) as {
      rehearsalUrl: string;
    };
    expect(started.output()).toContain(`http://localhost:${port}/setup?token=gh-setup-`);
    expect(rehearsal.status).toBeLessThan(500);
    expect(new URL(server.rehearsalUrl).port).toBe(String(port + 1));
    expect(processesOfTest().length).toBeGreaterThanOrEqual(3);

    started.child.kill('SIGTERM');

    expect(await started.exit).toBe(0);
    await vi.waitFor(() => expect(processesOfTest()).toEqual([]), waiting);
  },
);

it.runIf(process.platform === 'linux').each([
  { name: 'the launcher is killed', program: launcherItself },
  { name: 'only the package runner is killed', program: throughRunner },
])('leaves no process behind when $name', async ({ program }) => {
  const started = await start({}, program);
  await ready();

  started.child.kill('SIGKILL');

  await vi.waitFor(() => expect(processesOfTest()).toEqual([]), waiting);
});

it.each<{ name: string; environment: Record<string, string> }>([
  { name: 'switched off', environment: { REHEARSAL: 'off' } },
  { name: 'public', environment: { PUBLIC_URL: 'https://gate.example' } },
])('starts no rehearsal where it is $name', async ({ environment }) => {
  const started = await start(environment);
  await ready();

  await expect(fetch(`http://127.0.0.1:${port + 1}/`)).rejects.toThrow();
  expect(started.output()).not.toContain('Rehearsal');
  started.child.kill('SIGTERM');
  expect(await started.exit).toBe(0);
});

it('ends with the exit code of a server that cannot start', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));

  const started = await start();

  expect(await started.exit).toBe(1);
  expect(started.output()).toContain('is in use');
  await vi.waitFor(() => expect(processesOfTest()).toEqual([]), waiting);
  await new Promise((resolve) => blocker.close(resolve));
});

it('refuses a data directory in use before it builds under the server that runs', async () => {
  const stampFile = join(root, 'node_modules/.cache/gatehouse/web-build.sha256');
  const first = await start();
  await ready();
  const stamp = readFileSync(stampFile, 'utf8');
  writeFileSync(stampFile, 'of other sources');
  try {
    const second = await start({ PORT: String(await freePortPair()) });

    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(
      'Gatehouse does not start.\nAnother Gatehouse uses this data directory',
    );
    expect(second.output()).not.toContain('Built');
    expect(readFileSync(stampFile, 'utf8')).toBe('of other sources');
  } finally {
    writeFileSync(stampFile, stamp);
    first.child.kill('SIGTERM');
  }
  expect(await first.exit).toBe(0);
});

it('lists what is wrong with the configuration, before anything is built', async () => {
  const started = await start({ PORT: 'x', LOG_LEVEL: 'y' });

  expect(await started.exit).toBe(1);
  expect(started.output()).toMatch(/PORT: .*\n.*LOG_LEVEL: /);
});
