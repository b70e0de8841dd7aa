import type { StaffRole } from '@gatehouse/contracts/account';
import { randomToken, sha256Hex } from '../security/random.ts';

/** A session ends after this long without a request. */
export const idleLimitMs = 30 * 60_000;
/** A session ends after this long, whatever happens. */
export const absoluteLimitMs = 8 * 60 * 60_000;
/** `lastSeenAt` is written at most this often. */
export const touchEveryMs = 60_000;

/** A signed-in person of the staff. Times in milliseconds. */
export type StaffSession = {
  /** SHA-256 of the cookie's value; the key of the row. */
  readonly tokenHash: string;
  readonly sessionId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly account: {
    /** Key of the row; never leaves the process. */
    readonly key: number;
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: StaffRole;
  };
};

export interface StaffSessionReader {
  /** The session with this hash, if it is neither over nor its account disabled; notes that it was seen. */
  find(tokenHash: string): Promise<StaffSession | null>;
  /** The same question without prolonging the session. */
  isLive(tokenHash: string): Promise<boolean>;
}

/** 32 random bytes for the cookie, and the hash under which they are known here. */
export function createSessionToken(): { token: string; tokenHash: string } {
  const token = randomToken(32);
  return { token, tokenHash: hashSessionToken(token) };
}

export function hashSessionToken(token: string): string {
  return sha256Hex(token);
}
