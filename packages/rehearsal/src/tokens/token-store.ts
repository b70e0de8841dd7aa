import { createHash, randomBytes } from 'node:crypto';
import type { AdminKey } from '../org/admins.ts';

const DAY = 86_400_000;
/** Okta lets a token die when it was not used for 30 days. */
export const TOKEN_IDLE_LIMIT = 30 * DAY;
const LAST_USE_PRECISION = 60_000;

/** An API token as it is kept: its value only as a hash. Times are milliseconds since 1970. */
export type Token = {
  readonly id: string;
  readonly name: string;
  readonly owner: AdminKey;
  readonly hash: string;
  readonly created: number;
  lastUsed: number | null;
};

/** The API tokens of the org. */
export class TokenStore {
  readonly #byHash = new Map<string, Token>();
  readonly #onChange: () => void;

  constructor(tokens: readonly Token[], onChange: () => void) {
    for (const token of tokens) this.#byHash.set(token.hash, { ...token });
    this.#onChange = onChange;
  }

  /** All tokens, oldest first. */
  list(): Token[] {
    return [...this.#byHash.values()];
  }

  find(id: string): Token | undefined {
    return this.list().find((token) => token.id === id);
  }

  /** Makes a token. The value is in the answer and nowhere else. */
  create(name: string, owner: AdminKey, now: number): { token: Token; value: string } {
    const value = `00${randomBytes(30).toString('base64url')}`;
    const id = `00T${randomBytes(24).toString('base64').replace(/[+/=]/g, '').slice(0, 17)}`;
    const token: Token = { id, name, owner, hash: hashValue(value), created: now, lastUsed: null };
    this.#byHash.set(token.hash, token);
    this.#onChange();
    return { token, value };
  }

  /** Ends a token at once; false when there is none with that id. */
  revoke(id: string): boolean {
    const token = this.find(id);
    if (!token) return false;
    this.#byHash.delete(token.hash);
    this.#onChange();
    return true;
  }

  /** The token of that value if it lives, and renews it; undefined when unknown or idle for too long. */
  use(value: string, now: number): Token | undefined {
    const token = this.#byHash.get(hashValue(value));
    if (!token) return undefined;
    if (now - (token.lastUsed ?? token.created) > TOKEN_IDLE_LIMIT) return undefined;
    if (token.lastUsed === null || now - token.lastUsed >= LAST_USE_PRECISION) {
      token.lastUsed = now;
      this.#onChange();
    }
    return token;
  }
}

function hashValue(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
