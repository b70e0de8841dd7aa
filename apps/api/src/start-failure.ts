import { ConfigError } from './config.ts';
import { DataDirectoryError } from './data-directory.ts';
import { ListenError } from './http/listen.ts';
import { AppKeyError } from './security/app-key.ts';
import { FirstAdminError } from './staff/first-admin.ts';
import { MigrationError } from './stores/migrate.ts';
import { DataDirectoryInUseError } from './stores/process-owner.ts';

const explained = [
  ConfigError,
  DataDirectoryError,
  DataDirectoryInUseError,
  MigrationError,
  AppKeyError,
  FirstAdminError,
  ListenError,
];

/** The words of a failure that a person can mend; null for one that needs its stack. */
export function describeStartFailure(error: unknown): string | null {
  if (!(error instanceof Error) || !explained.some((kind) => error instanceof kind)) return null;
  return error.message;
}
