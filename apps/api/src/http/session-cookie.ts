import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

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
