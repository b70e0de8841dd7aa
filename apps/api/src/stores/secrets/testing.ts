import { randomBytes } from 'node:crypto';
import { parseAppKeys } from '../../security/app-key.ts';
import { createSecretBox } from '../../security/secret-box.ts';
import type { Database } from '../database.ts';
import { SecretStore } from './store.ts';

/** A secret store with a key of its own, for tests. */
export function createTestSecretStore(database: Database): SecretStore {
  const keys = parseAppKeys(randomBytes(32).toString('base64'), 'test');
  return new SecretStore(database, createSecretBox({ keys }));
}
