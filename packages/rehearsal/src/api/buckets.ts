/** Okta's rate-limit buckets as far as the rehearsal has endpoints for them. */
export const BUCKETS = [
  '/api/v1/users',
  '/api/v1/users/{id}',
  '/api/v1/groups',
  '/api/v1/groups/{id}',
  'other',
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Requests a minute for a whole org, the share one token may take, and requests in flight. */
export type RateLimitTable = {
  readonly perMinute: Readonly<Record<Bucket, number>>;
  /** Part of a bucket that one token may use; 0.5 by default in Okta. */
  readonly tokenShare: number;
  readonly concurrent: number;
  readonly windowMilliseconds: number;
};

/** The last figures that Okta published for Workforce orgs (December 2025). */
export const PUBLISHED_LIMITS: RateLimitTable = {
  perMinute: {
    '/api/v1/users': 600,
    '/api/v1/users/{id}': 2000,
    '/api/v1/groups': 500,
    '/api/v1/groups/{id}': 1000,
    other: 1200,
  },
  tokenShare: 0.5,
  concurrent: 75,
  windowMilliseconds: 60_000,
};

const MILLION = 1_000_000;
/** Limits that no benchmark reaches; the headers are still there. */
export const NO_LIMITS: RateLimitTable = {
  perMinute: {
    '/api/v1/users': MILLION,
    '/api/v1/users/{id}': MILLION,
    '/api/v1/groups': MILLION,
    '/api/v1/groups/{id}': MILLION,
    other: MILLION,
  },
  tokenShare: 1,
  concurrent: MILLION,
  windowMilliseconds: 60_000,
};

/** The bucket a path counts against. A person's groups count against the list of users, members against groups. */
export function bucketOf(path: string): Bucket {
  const [, , , collection, id, rest] = path.split('/');
  if (collection === 'users') return !id || rest === 'groups' ? '/api/v1/users' : '/api/v1/users/{id}';
  if (collection === 'groups') return !id || rest === 'users' ? '/api/v1/groups' : '/api/v1/groups/{id}';
  return 'other';
}
