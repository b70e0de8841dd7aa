import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSetupToken } from './setup-token.ts';

let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-setup-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('is made once, for the owner only', async () => {
  const nested = join(dataDir, 'new');
  const token = await createSetupToken(nested).ensure();

  expect(token).toMatch(/^gh-setup-[A-Za-z0-9_-]{43}$/);
  expect(await createSetupToken(nested).ensure()).toBe(token);
  expect(await readFile(join(nested, 'setup-token'), 'utf8')).toBe(`${token}\n`);
  expect((await stat(join(nested, 'setup-token'))).mode & 0o777).toBe(0o600);
  expect(await readdir(nested)).toEqual(['setup-token']);
});

test('matches itself only', async () => {
  const setup = createSetupToken(dataDir);
  expect(await setup.matches('')).toBe(false);
  const token = await setup.ensure();

  expect(await setup.matches(token)).toBe(true);
  expect(await setup.matches(`${token}x`)).toBe(false);
  expect(await setup.matches(token.slice(0, -1))).toBe(false);
  expect(await setup.matches('')).toBe(false);
});

test('matches nothing once removed, and may be removed twice', async () => {
  const setup = createSetupToken(dataDir);
  const token = await setup.ensure();

  await setup.remove();
  await setup.remove();

  expect(await setup.matches(token)).toBe(false);
  expect(await readdir(dataDir)).toEqual([]);
});

test.each([[''], ['gh-setup-short'], ['half a file\n']])(
  'a damaged file %j is replaced and matches nothing',
  async (content) => {
    await writeFile(join(dataDir, 'setup-token'), content);
    const setup = createSetupToken(dataDir);

    expect(await setup.matches(content.trim())).toBe(false);
    expect(await setup.ensure()).toMatch(/^gh-setup-.{43}$/);
  },
);

test('closes a file that others could read', async () => {
  const setup = createSetupToken(dataDir);
  await setup.ensure();
  await chmod(join(dataDir, 'setup-token'), 0o644);

  await setup.ensure();

  expect((await stat(join(dataDir, 'setup-token'))).mode & 0o777).toBe(0o600);
});
