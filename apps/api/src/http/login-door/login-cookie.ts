import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { randomToken } from '../../security/random.ts';

/** As long as a login may take. Unit: seconds. */
const lifetime = 3600;

/** The cookie that binds logins under way to one browser. It is no session: it opens nothing by itself. */
export type LoginCookie = {
  readonly name: string;
  /** The secret that a request carries, if it looks like one of ours. */
  read(request: Request): string | null;
  /** The secret of this browser, made when it has none, kept for another hour. */
  ensure(request: Request, response: Response): string;
};

/**
 * `__Host-gatehouse-login` over https: no other host can plant or read it. Plain http cannot have that prefix; there the
 * name carries the port, because cookies of one host are shared by all its ports. `Lax`, so that it comes along when the
 * identity provider sends the browser back.
 */
export function createLoginCookie(publicUrl: string): LoginCookie {
  const url = new URL(publicUrl);
  const secure = url.protocol === 'https:';
  const name = secure ? '__Host-gatehouse-login' : `gatehouse-login-${url.port || '80'}`;
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    maxAge: lifetime * 1000,
  };

  function read(request: Request): string | null {
    const value = parseCookie(request.headers.cookie ?? '')[name];
    return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
  }

  return {
    name,
    read,
    ensure(request, response) {
      const secret = read(request) ?? randomToken(32);
      response.cookie(name, secret, options);
      return secret;
    },
  };
}
