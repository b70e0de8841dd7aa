import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** 32 bytes that encrypt stored secrets, with the id that marks what they encrypted. */
export type AppKey = { id: string; bytes: Buffer };

export type LoadedAppKeys = {
  /** The first is the current one, the others only open what they once sealed. */
  keys: [AppKey, ...AppKey[]];
  path: string;
  wasGenerated: boolean;
  /** For the log; no part of a key. */
  warnings: string[];
};

export type AppKeyErrorCode = 'unreadable' | 'malformed' | 'missing' | 'wrong-key';

/** The process must not start: without the right key stored secrets are lost or would be mixed. */
export class AppKeyError extends Error {
  override readonly name = 'AppKeyError';
  readonly code: AppKeyErrorCode;

  constructor(code: AppKeyErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export type AppKeySource = {
  /** `APP_KEY_FILE`; without it `<dataDir>/app-key` is read, or made. */
  appKeyFile?: string;
  dataDir: string;
  /** False once the database holds secrets: a new key could not open them. Default true. */
  mayGenerate?: boolean;
};

/**
 * Reads the application keys, one a line, or makes the first one (mode 0600).
 * @throws AppKeyError `unreadable`, `malformed`, or `missing` if none is there and none may be made
 */
export async function loadAppKeys(source: AppKeySource): Promise<LoadedAppKeys> {
  const path = source.appKeyFile ?? join(source.dataDir, 'app-key');
  const text = await readIfPresent(path);
  if (text !== null) {
    return { keys: parseAppKeys(text, path), path, wasGenerated: false, warnings: await modeWarnings(path) };
  }
  if (source.appKeyFile !== undefined)
    throw new AppKeyError('unreadable', `APP_KEY_FILE ${path} is not there`);
  if (source.mayGenerate === false) {
    throw new AppKeyError(
      'missing',
      `The key ${path} is gone, and the database holds secrets that only it opens. Put it back.`,
    );
  }
  const key = randomBytes(32);
  await writeNewKey(source.dataDir, path, key);
  return {
    keys: [toAppKey(key)],
    path,
    wasGenerated: true,
    warnings: [
      `A key for stored secrets was made in ${path}, beside the data that it protects. Keep a copy, or set APP_KEY_FILE.`,
    ],
  };
}

/**
 * Parses a key file: 32 bytes a line as base64, base64url or hex; empty lines and lines with # are skipped.
 * @throws AppKeyError `malformed`, naming the line and never its content
 */
export function parseAppKeys(text: string, path: string): [AppKey, ...AppKey[]] {
  const keys = text.split(/\r?\n/).flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const bytes = decodeKey(trimmed);
    if (bytes === null) {
      throw new AppKeyError(
        'malformed',
        `Line ${index + 1} of ${path} is not 32 random bytes as base64 or hex`,
      );
    }
    return [toAppKey(bytes)];
  });
  const [first, ...others] = keys;
  if (first === undefined) throw new AppKeyError('malformed', `${path} holds no key`);
  return [first, ...others];
}

function decodeKey(text: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(text)) return usable(Buffer.from(text, 'hex'));
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return usable(Buffer.from(text, 'base64'));
  return null;
}

/** A key of one repeated byte is a placeholder. */
function usable(bytes: Buffer): Buffer | null {
  return bytes.length === 32 && new Set(bytes).size > 1 ? bytes : null;
}

function toAppKey(bytes: Buffer): AppKey {
  const id = createHash('sha256').update('gatehouse app key id\0').update(bytes).digest('hex').slice(0, 12);
  return { id, bytes };
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw new AppKeyError('unreadable', `The key file ${path} cannot be read`, error);
  }
}

async function writeNewKey(dataDir: string, path: string, key: Buffer): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    await file.sync();
  } catch (error) {
    // Half a key would be refused at the next start; none is made anew.
    await unlink(path);
    throw new AppKeyError('unreadable', `The key file ${path} cannot be written`, error);
  } finally {
    await file.close();
  }
}

async function modeWarnings(path: string): Promise<string[]> {
  if (process.platform === 'win32') return [];
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return [];
  return [`Other users of this machine can read the key file ${path}: chmod 600 it.`];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
