import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataDirectory, openDataDirectory } from '../stores/open-data-directory.ts';
import { DataDirectoryInUseError, thisProcess } from '../stores/process-owner.ts';
import { startTestApp, type TestApp, type TestClient, testAdmin } from '../testing.ts';

const program = fileURLToPath(new URL('main.ts', import.meta.url));

let directory: string;
let app: TestApp;
let admin: TestClient;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
  app = await startTestApp({ dataDir: join(directory, 'data'), overrides: { now: Date.now } });
  admin = await app.setUp();
});
afterAll(async () => {
  await app.close();
  rmSync(directory, { recursive: true, force: true });
});

async function gatehouse(options: readonly string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, DATA_DIR: join(directory, 'data'), ...environment };
  return await new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, [program, ...options], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

async function makeAccount(email: string, role: 'admin' | 'support'): Promise<void> {
  const body = { email, name: email, role, password: 'lantern oak ferry sixty' };
  expect((await admin.send('POST', '/api/accounts', { body })).status).toBe(201);
}

async function signIn(email: string, password: string): Promise<number> {
  return (await app.client().send('POST', '/api/session', { body: { email, password } })).status;
}

describe('reset-admin, beside a running server', () => {
  it('sets a new password, makes the account an administrator, ends its sessions, and is audited', async () => {
    const passwordFile = join(directory, 'new-password');
    writeFileSync(passwordFile, 'granite tulip wharf ninety\n');

    const done = await gatehouse([
      'reset-admin',
      '--email',
      'ANN@example.com',
      '--password-file',
      passwordFile,
    ]);

    expect(done).toMatchObject({
      code: 0,
      output: expect.stringContaining('an administrator with a new password'),
    });
    expect(done.output).not.toContain('granite');
    expect((await admin.send('GET', '/api/session')).status).toBe(401);
    expect(await signIn(testAdmin.email, testAdmin.password)).toBe(401);
    admin = app.client();
    await admin.send('POST', '/api/session', {
      body: { email: testAdmin.email, password: 'granite tulip wharf ninety' },
    });
    const audit = await admin.send('GET', '/api/audit?action=account.reset-on-host');
    expect(audit.json).toMatchObject({
      total: 1,
      items: [{ actor: { kind: 'host' }, subject: { name: 'Ann Admin' } }],
    });
  });

  it('makes nobody of an address that no account has, and names the administrators', async () => {
    await makeAccount('zoe@example.com', 'admin');
    await makeAccount('sam@example.com', 'support');

    const done = await gatehouse(['reset-admin', '--email', 'an@example.com']);

    expect(done).toEqual({
      code: 1,
      output:
        'No account has the address an@example.com. Administrators are ann@example.com, zoe@example.com. Nothing was changed; to make another administrator, add --create.\n',
    });
    const accounts = await admin.send('GET', '/api/accounts?search=an%40');
    expect(accounts.json).toMatchObject({ total: 0 });
  });

  it('makes an administrator with a password that it prints once', async () => {
    const done = await gatehouse(['reset-admin', '--email', 'rescue@example.com', '--create']);
    const password = /shown once: (\S+)/.exec(done.output)?.[1] ?? '';

    expect(await signIn('rescue@example.com', password)).toBe(201);
  });

  it.each([
    { name: 'no e-mail', options: [], says: '--email' },
    { name: 'no address', options: ['--email', 'x'], says: '--email' },
    { name: 'an unknown option', options: ['--email', 'a@example.com', '--force'], says: '--force' },
    {
      name: 'a weak password',
      options: ['--email', 'a@example.com', '--password-file', 'weak'],
      says: 'is refused',
    },
    {
      name: 'no such file',
      options: ['--email', 'a@example.com', '--password-file', 'none'],
      says: 'cannot be read',
    },
  ])('refuses $name', async ({ options, says }) => {
    writeFileSync(join(directory, 'weak'), 'password1234');
    const given = options.map((option) =>
      ['weak', 'none'].includes(option) ? join(directory, option) : option,
    );

    const done = await gatehouse(['reset-admin', ...given]);

    expect(done.code).toBe(1);
    expect(done.output).toContain(says);
    expect(done.output).not.toMatch(/\n\s+at /);
  });

  it('does not make a database where there is none', async () => {
    const done = await gatehouse(['reset-admin', '--email', 'a@example.com'], {
      DATA_DIR: join(directory, 'empty'),
    });

    expect(done.code).toBe(1);
    expect(done.output).toContain('There is no database');
    expect(existsSync(join(directory, 'empty'))).toBe(false);
  });
});

describe('backup, beside a running server', () => {
  it('copies what was committed a moment ago, for this account only', async () => {
    const target = join(directory, 'copy.db');
    const body = {
      email: 'late@example.com',
      name: 'Late',
      role: 'support',
      password: 'lantern oak ferry sixty',
    };
    await admin.send('POST', '/api/accounts', { body });

    const done = await gatehouse(['backup', '--to', target]);
    const again = await gatehouse(['backup', '--to', target]);

    expect(done.code).toBe(0);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readFileSync(target, 'latin1')).toContain('late@example.com');
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('already') });
  });

  it('starts in another folder while the original runs', async () => {
    const data = join(directory, 'restored');
    mkdirSync(data, { mode: 0o700 });
    await gatehouse(['backup', '--to', join(data, 'gatehouse.db')]);

    const written = readdirSync(data);

    const restored = await openAsAnotherProcess(data);

    await restored.close();
    expect(written).toEqual(['gatehouse.db']);
    await expect(openAsAnotherProcess(join(directory, 'data'))).rejects.toThrow(DataDirectoryInUseError);
  });

  it('names a file of its own without --to', async () => {
    await gatehouse(['backup']);

    expect(readdirSync(join(directory, 'data/backups'))).toEqual([
      expect.stringMatching(/^gatehouse-.*\.db$/),
    ]);
  });
});

/** The original's process, this one, lives on beside it. */
async function openAsAnotherProcess(data: string): Promise<DataDirectory> {
  const identity = { ...thisProcess(), processId: process.ppid };
  return await openDataDirectory({
    directory: data,
    now: Date.now,
    onOwnershipLost: () => undefined,
    identity,
  });
}

describe('doctor', () => {
  it('finds nothing wrong with a server that runs', async () => {
    const done = await gatehouse(['doctor']);

    expect(done.code).toBe(0);
    expect(done.output).not.toContain('failed');
    expect(done.output.split('\n').map((line) => line.slice(9, 25).trim())).toEqual([
      'Configuration',
      'Data directory',
      'Database',
      'Pragmas',
      'Migrations',
      'Clock',
      'Key',
      '',
    ]);
  });

  it.each([
    {
      name: 'another key',
      prepare: () => ({ APP_KEY_FILE: write('key', `${'ab'.repeat(31)}cd`) }),
      says: /failed\s+Key/,
    },
    { name: 'bad configuration', prepare: () => ({ PORT: 'x' }), says: /failed\s+Configuration.*\n\s*PORT/ },
    { name: 'a damaged database', prepare: () => ({ DATA_DIR: damaged() }), says: /failed\s+Database/ },
  ])('says what is wrong with $name', async ({ prepare, says }) => {
    const done = await gatehouse(['doctor'], prepare());

    expect(done.code).toBe(1);
    expect(done.output).toMatch(says);
  });

  function write(name: string, content: string): string {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
    return join(directory, name);
  }

  function damaged(): string {
    const data = mkdtempSync(join(directory, 'damaged-'));
    writeFileSync(join(data, 'gatehouse.db'), 'no database at all, but long enough '.repeat(100));
    return data;
  }
});

it.each([
  { options: ['--help'], code: 0, says: 'reset-admin --email' },
  { options: [], code: 1, says: 'reset-admin --email' },
  { options: ['restore'], code: 1, says: 'no command restore' },
])('gatehouse $options', async ({ options, code, says }) => {
  const done = await gatehouse(options);

  expect(done.code).toBe(code);
  expect(done.output).toContain(says);
});
