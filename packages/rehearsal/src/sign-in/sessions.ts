import { randomBytes } from 'node:crypto';

/** The browser's session with the rehearsal Okta. Times are milliseconds since 1970. */
export type SignInSession = {
  readonly id: string;
  readonly userId: string;
  readonly signedInAt: number;
};

/** An authorization request that waits for somebody to sign in. */
export type PendingRequest = {
  readonly id: string;
  readonly server: 'org' | 'default';
  readonly parameters: string;
  readonly since: number;
};

/** Not the product's: cookies of one host are shared between its ports. */
export const SESSION_COOKIE = 'rehearsal_okta_session';

/** Okta's default session lifetime: two hours. */
const SESSION_MILLISECONDS = 2 * 3_600_000;
const PENDING_MILLISECONDS = 3_600_000;
const MOST_PENDING = 5000;

/** Who is signed in, in which browser, and what waits for a sign-in. In memory: a restart signs everybody out. */
export class SignInSessions {
  readonly #sessions = new Map<string, SignInSession>();
  readonly #pending = new Map<string, PendingRequest>();

  /** The session of a Cookie header, if it lives. */
  find(cookieHeader: string | undefined, now: number): SignInSession | undefined {
    const session = this.#sessions.get(cookieValue(cookieHeader, SESSION_COOKIE) ?? '');
    if (!session) return undefined;
    if (now - session.signedInAt < SESSION_MILLISECONDS) return session;
    this.#sessions.delete(session.id);
    return undefined;
  }

  start(userId: string, now: number): SignInSession {
    for (const [id, { signedInAt }] of this.#sessions) {
      if (now - signedInAt < SESSION_MILLISECONDS) break;
      this.#sessions.delete(id);
    }
    const session = { id: randomBytes(24).toString('base64url'), userId, signedInAt: now };
    this.#sessions.set(session.id, session);
    return session;
  }

  end(id: string): void {
    this.#sessions.delete(id);
  }

  endAll(): number {
    const { size } = this.#sessions;
    this.#sessions.clear();
    return size;
  }

  hold(server: 'org' | 'default', parameters: string, now: number): PendingRequest {
    const [oldest] = this.#pending.keys();
    if (this.#pending.size >= MOST_PENDING && oldest !== undefined) this.#pending.delete(oldest);
    const request = { id: randomBytes(18).toString('base64url'), server, parameters, since: now };
    this.#pending.set(request.id, request);
    return request;
  }

  /** The request that waits under this id; undefined when it is unknown, used up or too old. */
  pending(id: string, now: number): PendingRequest | undefined {
    const request = this.#pending.get(id);
    return request && now - request.since < PENDING_MILLISECONDS ? request : undefined;
  }

  settle(id: string): void {
    this.#pending.delete(id);
  }
}

/** The header that gives the browser its session. */
export function sessionCookie(session: SignInSession): string {
  return `${SESSION_COOKIE}=${session.id}; Path=/; HttpOnly; SameSite=Lax`;
}

/** The header that takes it away. */
export function endedCookie(): string {
  return `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
