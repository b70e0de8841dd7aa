import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadAppKeys, parseAppKeys } from './app-key.ts';

let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-key-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('parseAppKeys', () => {
  const key = randomBytes(32);

  test.each([
    ['base64', key.toString('base64')],
    ['base64 without padding', key.toString('base64').replace('=', '')],
    ['base64url', key.toString('base64url')],
    ['hex', key.toString('hex')],
    ['upper-case hex', key.toString('hex').toUpperCase()],
    ['comments, spaces and Windows line ends', `# made in May\r\n\r\n  ${key.toString('hex')}  \r\n`],
  ])('reads %s', (_name, text) => {
    const keys = parseAppKeys(text, 'file');

    expect(keys).toHaveLength(1);
    expect(keys[0].bytes.equals(key)).toBe(true);
    expect(keys[0].id).toMatch(/^[0-9a-f]{12}$/);
  });

  test('the first of several is the current one, and each has its own id', () => {
    const other = randomBytes(32);
    const keys = parseAppKeys(`${other.toString('base64')}\n${key.toString('base64')}\n`, 'file');

    expect(keys[0].bytes.equals(other)).toBe(true);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(2);
  });

  test.each([
    ['nothing', '', 'no key'],
    ['a comment only', '# nothing', 'no key'],
    ['16 bytes', randomBytes(16).toString('base64'), 'Line 1'],
    ['33 bytes', randomBytes(33).toString('base64'), 'Line 1'],
    ['a password', 'correct horse battery staple', 'Line 1'],
    ['a placeholder', '0'.repeat(64), 'Line 1'],
    ['a good and a bad line', `${key.toString('hex')}\nbad`, 'Line 2'],
  ])('refuses %s', (_name, text, message) => {
    expect(() => parseAppKeys(text, 'file')).toThrow(message);
  });

  test('does not quote what it refuses', () => {
    expect(() => parseAppKeys('hunter2hunter2', 'file')).not.toThrow('hunter2');
  });
});

describe('loadAppKeys', () => {
  test('makes a key once, readable by the owner only, and says so', async () => {
    const nested = join(dataDir, 'new');
    const first = await loadAppKeys({ dataDir: nested });
    const second = await loadAppKeys({ dataDir: nested, mayGenerate: false });

    expect(first).toMatchObject({ wasGenerated: true, path: join(nested, 'app-key') });
    expect(first.warnings.join()).toContain('APP_KEY_FILE');
    expect((await stat(first.path)).mode & 0o777).toBe(0o600);
    expect(first.warnings.join()).not.toContain((await readFile(first.path, 'utf8')).trim());
    expect(second).toMatchObject({ wasGenerated: false, warnings: [] });
    expect(second.keys[0].bytes.equals(first.keys[0].bytes)).toBe(true);
  });

  test('makes none once there are secrets', async () => {
    await expect(loadAppKeys({ dataDir, mayGenerate: false })).rejects.toMatchObject({ code: 'missing' });
    expect(await readdir(dataDir)).toEqual([]);
  });

  test('a configured file is read, and never made', async () => {
    const appKeyFile = join(dataDir, 'key');
    await expect(loadAppKeys({ dataDir, appKeyFile })).rejects.toMatchObject({ code: 'unreadable' });
    await writeFile(appKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });

    expect(await loadAppKeys({ dataDir, appKeyFile })).toMatchObject({ path: appKeyFile, warnings: [] });
    expect(await readdir(dataDir)).toEqual(['key']);
  });

  test('warns of a file that others can read', async () => {
    const { path } = await loadAppKeys({ dataDir });
    await chmod(path, 0o644);

    expect((await loadAppKeys({ dataDir })).warnings.join()).toContain('chmod 600');
  });

  test('a file that is no file is unreadable', async () => {
    await expect(loadAppKeys({ dataDir, appKeyFile: dataDir })).rejects.toMatchObject({ code: 'unreadable' });
  });
});
