import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken, timingSafeEqualText } from './random.ts';

const format = /^gh-setup-[A-Za-z0-9_-]{43}$/;

/** The one-time proof that whoever opens the first page can read the data directory. */
export type SetupToken = {
  /** The token: the one that is there, else a new one. */
  ensure: () => Promise<string>;
  /** Compares in constant time; false if there is none (any more). */
  matches: (given: string) => Promise<boolean>;
  /** Ends its use. Done once the first admin is stored; not an error if it is gone already. */
  remove: () => Promise<void>;
};

/** A token of 256 bits in `<dataDir>/setup-token`, mode 0600. */
export function createSetupToken(dataDir: string): SetupToken {
  const path = join(dataDir, 'setup-token');

  async function ensure(): Promise<string> {
    const present = await readToken(path);
    if (present !== null) {
      await chmod(path, 0o600);
      return present;
    }
    const token = `gh-setup-${randomToken(32)}`;
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    // Under another name first: a reader never sees half a token.
    await rm(`${path}.new`, { force: true });
    await writeFile(`${path}.new`, `${token}\n`, { mode: 0o600, flag: 'wx' });
    await rename(`${path}.new`, path);
    return token;
  }

  async function matches(given: string): Promise<boolean> {
    const token = await readToken(path);
    return token !== null && timingSafeEqualText(given, token);
  }

  return { ensure, matches, remove: () => rm(path, { force: true }) };
}

/** Null if there is none, or none of ours. */
async function readToken(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    return format.test(text) ? text : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
