import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { ApiError } from './errors.ts';

/** Requests a minute. */
export type RateLimits = {
  /** To /api from one address (IPv6: one /64). */
  readonly perAddress: number;
  /** To /api from everywhere. */
  readonly overall: number;
  /** Attempts to sign in or set up from one address. */
  readonly credentialsPerAddress: number;
  /** Attempts to sign in or set up from everywhere. */
  readonly credentialsOverall: number;
  /** At the doors of logins from one address: a whole company may come from one. */
  readonly loginsPerAddress: number;
  /** At the doors of logins from everywhere. */
  readonly loginsOverall: number;
};

export const defaultRateLimits: RateLimits = {
  perAddress: 6_000,
  overall: 30_000,
  credentialsPerAddress: 30,
  credentialsOverall: 3_000,
  loginsPerAddress: 1_200,
  loginsOverall: 12_000,
};

const windowMs = 60_000;

/** Bounds per address and overall; the growing delay per account is the rate gate's. */
export function apiRateLimits(limits: RateLimits): RequestHandler[] {
  return [limit(limits.perAddress, 'address'), limit(limits.overall, 'all')];
}

export function credentialRateLimits(limits: RateLimits): RequestHandler[] {
  return [limit(limits.credentialsPerAddress, 'address'), limit(limits.credentialsOverall, 'all')];
}

export function loginRateLimits(limits: RateLimits): RequestHandler[] {
  return [limit(limits.loginsPerAddress, 'address'), limit(limits.loginsOverall, 'all')];
}

function limit(max: number, by: 'address' | 'all'): RequestHandler {
  return rateLimit({
    windowMs,
    limit: max,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    keyGenerator: (request) => (by === 'all' ? 'all' : ipKeyGenerator(request.ip ?? '', 64)),
    handler(request, _response, next) {
      const resetTime = (request as { rateLimit?: { resetTime?: Date } }).rateLimit?.resetTime;
      const waitMs = resetTime ? resetTime.getTime() - Date.now() : windowMs;
      const seconds = Math.max(1, Math.ceil(waitMs / 1000));
      next(
        new ApiError('too-many-requests', `Too many requests. Try again in ${seconds} seconds.`, {
          facts: { retryAfterSeconds: seconds },
        }),
      );
    },
  });
}
