import { createHash, randomBytes } from 'node:crypto';
import type { StaffRole } from '@gatehouse/contracts/account';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

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
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashSessionToken(token) };
}

export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The session cookie of this server, by its public URL. */
export type SessionCookie = {
  readonly name: string;
  /** The value that a request carries, if it looks like one of ours. */
  read(request: Request): string | null;
  set(response: Response, token: string): void;
  clear(response: Response): void;
};

/**
 * `__Host-gatehouse` over https. Plain http cannot have that prefix; there the name carries the port, because
 * cookies of one host are shared by all its ports.
 */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const url = new URL(publicUrl);
  const secure = url.protocol === 'https:';
  const name = secure ? '__Host-gatehouse' : `gatehouse-${url.port || '80'}`;
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  return {
    name,
    read(request) {
      const value = parseCookie(request.headers.cookie ?? '')[name];
      return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
    },
    set: (response, token) => void response.cookie(name, token, options),
    clear: (response) => void response.clearCookie(name, options),
  };
}
