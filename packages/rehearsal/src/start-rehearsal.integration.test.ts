import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRehearsal } from './start-rehearsal.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rehearsal-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

describe('the state', () => {
  it('survives a restart: people, groups, tokens and faults', async () => {
    const first = await startRehearsal({ users: 200, groups: 20, seed: 3, stateDirectory: directory });
    const { value } = await first.control.tokens.create({ name: 'kept' });
    const person = await first.control.people.create({
      profile: { login: 'kept@rehearsal.example', email: 'kept@rehearsal.example' },
    });
    const group = await first.control.groups.create({ name: 'Kept' });
    await first.control.groups.changeMembers(group.id, { add: [person.id] });
    await first.control.mutate({ seed: 9 });
    await first.control.faults.set({ kind: 'slow', milliseconds: 1 });
    const before = await first.control.stats();
    await first.close();

    const second = await startRehearsal({ stateDirectory: directory });
    const answer = await fetch(`${second.url}/api/v1/users/${person.id}/groups`, {
      headers: { authorization: `SSWS ${value}` },
    });

    expect({ ...(await second.control.stats()), calls: 0 }).toEqual({ ...before, calls: 0 });
    expect(((await answer.json()) as { id: string }[]).map(({ id }) => id)).toContain(group.id);
    expect((await second.control.faults.list()).map((fault) => fault.kind)).toEqual(['slow']);
    await second.close();
  });

  it('keeps apps and signing keys, and reads a file from before there were any', async () => {
    const first = await startRehearsal({ users: 50, groups: 5, stateDirectory: directory });
    const app = await first.control.apps.create({ name: 'Kept', redirectUris: ['https://kept.example/cb'] });
    const keys = await first.control.keys.list();
    await first.close();
    const second = await startRehearsal({ stateDirectory: directory });
    const kept = [await second.control.apps.get(app.clientId), await second.control.keys.list()];
    await second.close();

    const path = join(directory, 'rehearsal-state.json');
    const { apps: _apps, keys: _keys, ...older } = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify(older));
    const third = await startRehearsal({ stateDirectory: directory });
    const before = await third.control.apps.list();
    await third.close();

    expect(kept).toEqual([app, keys]);
    expect(before).toEqual([]);
  });

  it('holds the edits, not the org, and no token in clear', async () => {
    const rehearsal = await startRehearsal({ users: 5000, groups: 100, stateDirectory: directory });
    const { value } = await rehearsal.control.tokens.create({ name: 'x' });
    await rehearsal.control.mutate({ seed: 1 });
    await rehearsal.close();

    const [file = ''] = await readdir(directory);
    const text = await readFile(join(directory, file), 'utf8');

    expect(await readdir(directory)).toEqual(['rehearsal-state.json']);
    expect(text.length).toBeLessThan(100_000);
    expect(text).not.toContain(value);
    expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
  });

  it('starts another org when another is asked for, and keeps the tokens', async () => {
    const first = await startRehearsal({ users: 50, groups: 5, stateDirectory: directory });
    const token = await first.control.tokens.create({ name: 'kept' });
    await first.control.mutate({ seed: 1 });
    await first.close();

    const second = await startRehearsal({ users: 60, stateDirectory: directory });

    expect(await second.control.stats()).toMatchObject({ users: 60, groups: 5 });
    expect((await second.control.tokens.list()).map(({ id }) => id)).toEqual([token.id]);
    await second.close();
  });

  it('starts over on demand', async () => {
    const rehearsal = await startRehearsal({ users: 50, groups: 5 });
    const { value } = await rehearsal.control.tokens.create({ name: 'kept' });

    await rehearsal.control.regenerate({ users: 80, groups: 9, seed: 4 });
    const answer = await fetch(`${rehearsal.url}/api/v1/groups`, {
      headers: { authorization: `SSWS ${value}` },
    });

    expect(await rehearsal.control.stats()).toMatchObject({ users: 80, groups: 9, tokens: 1 });
    expect(await answer.json()).toHaveLength(9);
    await rehearsal.close();
  });

  it.each([
    ['damaged', '{"schema":1', /damaged/],
    ['of another schema', '{"schema":99}', /schema 99/],
  ])('refuses a file that is %s', async (_name, text, message) => {
    await writeFile(join(directory, 'rehearsal-state.json'), text);

    await expect(startRehearsal({ stateDirectory: directory })).rejects.toThrow(message);
  });
});

describe('the process', () => {
  async function start(
    environment: Record<string, string>,
    stdio: ('pipe' | 'ignore' | 'ipc')[],
  ): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env.PATH, REHEARSAL_USERS: '50', REHEARSAL_GROUPS: '5', ...environment },
      stdio,
    });
    if (!child.stdout) throw new Error('no stdout');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return { child, url: (JSON.parse(line) as { rehearsal: string }).rehearsal };
  }

  it.each<[string, ('pipe' | 'ignore' | 'ipc')[], (child: ChildProcess) => unknown]>([
    ['SIGTERM', ['ignore', 'pipe', 'pipe'], (child) => child.kill('SIGTERM')],
    ['SIGINT', ['ignore', 'pipe', 'pipe'], (child) => child.kill('SIGINT')],
    ['the end of stdin', ['pipe', 'pipe', 'pipe'], (child) => child.stdin?.end()],
    ['the end of the IPC channel', ['ignore', 'pipe', 'pipe', 'ipc'], (child) => child.disconnect()],
  ])('answers on 127.0.0.1, and ends with %s', async (_name, stdio, end) => {
    const { child, url } = await start({ REHEARSAL_STATE: directory }, stdio);
    const response = await fetch(`${url}/.well-known/okta-organization`);
    const exited = once(child, 'exit');

    end(child);

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(response.status).toBe(200);
    expect((await exited)[0]).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it.each([
    [{ REHEARSAL_USERS: 'many' }, /REHEARSAL_USERS/],
    [{ REHEARSAL_GROUPS: '0' }, /REHEARSAL_GROUPS/],
    [{ REHEARSAL_RATE_LIMIT: 'some' }, /REHEARSAL_RATE_LIMIT/],
    [{ REHEARSAL_PORT: '70000' }, /REHEARSAL_PORT/],
  ])('refuses to start with %j and says why', async (environment, message) => {
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });

    const [code] = await once(child, 'close');

    expect(code).toBe(1);
    expect(complaint).toMatch(message);
  });
});
