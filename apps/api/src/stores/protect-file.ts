import { chmodSync, closeSync, openSync } from 'node:fs';

/** Makes the file when it is not there, mode 0600. SQLite gives its companion files the mode of the database. */
export function protectFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}
