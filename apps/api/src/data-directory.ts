import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';

/** The data directory cannot be used. The message is for the person at the terminal. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
}

/**
 * Makes the data directory, for this account only, if it is not there.
 * @throws DataDirectoryError
 */
export async function ensureDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new DataDirectoryError(
      `The data directory ${directory} cannot be written (${reason}). Make it writable for this account, or set DATA_DIR.`,
      { cause },
    );
  }
}
