import { checkKeyCanary, createKeyCanary, type SecretBox } from '../../security/secret-box.ts';
import type { Database } from '../database.ts';
import { randomPublicId } from '../random-id.ts';
import { statement } from '../raw.ts';
import { findFact, insertFactOnce, putFact } from './queries.ts';

type FactKey = 'instance-id' | 'setup-done' | 'key-canary';

/** What this installation knows of itself. */
export class ServerFactStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Persisted: it does not depend on any account being there. */
  isSetUpDone(): boolean {
    return this.#find('setup-done') !== null;
  }

  /** A secret was sealed with a key once; the key file must not be made anew. */
  hasKeyCanary(): boolean {
    return this.#find('key-canary') !== null;
  }

  /** Random, made at the first start. */
  async instanceId(): Promise<string> {
    await this.#insertOnce('instance-id', randomPublicId());
    return this.#find('instance-id') ?? '';
  }

  /** @throws AppKeyError `wrong-key`; the process must not start */
  async checkKey(box: SecretBox): Promise<void> {
    const stored = this.#find('key-canary');
    const canary = stored === null ? createKeyCanary(box) : checkKeyCanary(box, stored);
    if (canary === stored) return;
    const now = this.#database.now();
    await this.#database.write((db) => [statement(db, putFact, 'key-canary', canary, now)]);
  }

  async #insertOnce(key: FactKey, value: string): Promise<void> {
    if (this.#find(key) !== null) return;
    const now = this.#database.now();
    await this.#database.write((db) => [statement(db, insertFactOnce, key, value, now)]);
  }

  #find(key: FactKey): string | null {
    return this.#database.sql.get<{ value: string }>(findFact, key)?.value ?? null;
  }
}
