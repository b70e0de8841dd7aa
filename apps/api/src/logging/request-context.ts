import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const storage = new AsyncLocalStorage<{ requestId: string }>();

/** Runs work whose log lines all carry the request's id, across everything it awaits. */
export function runWithRequestId<Result>(requestId: string, work: () => Result): Result {
  return storage.run({ requestId }, work);
}

/** The id of the request that is being answered, if any. */
export function currentRequestId(): string | undefined {
  return storage.getStore()?.requestId;
}

/**
 * The id that a proxy in front has given (`X-Request-Id`), so that its log and ours can be joined, or a new
 * one. Anything but 8 to 64 plain characters is replaced, it would end up in logs and pages.
 */
export function requestIdFrom(header: string | string[] | undefined): string {
  if (typeof header === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(header)) return header;
  return randomBytes(12).toString('base64url');
}
