import { describe, expect, test, vi } from 'vitest';
import { ApiError, type ApiErrorCode } from './api-error.ts';
import { createQueryClient, shouldRetry } from './query-client.ts';

const apiError = (code: ApiErrorCode, status: number) => new ApiError({ code, status, detail: code });

describe('shouldRetry', () => {
  const cases: [name: string, failures: number, error: unknown, expected: boolean][] = [
    ['a lost connection', 0, apiError('unreachable', 0), true],
    ['a server that restarts', 1, apiError('not-ready', 503), true],
    ['the third time', 2, apiError('unreachable', 0), false],
    ['not found', 0, apiError('not-found', 404), false],
    ['too many requests', 0, apiError('too-many-requests', 429), false],
    ['a mistake of ours', 0, new TypeError('x is undefined'), false],
  ];
  test.each(cases)('%s', (_, failures, error, expected) => {
    expect(shouldRetry(failures, error)).toBe(expected);
  });
});

describe('createQueryClient', () => {
  test('tells when the session is over, and nothing else', async () => {
    const onNotSignedIn = vi.fn();
    const client = createQueryClient({ onNotSignedIn });
    const failing = (error: ApiError) => () => Promise.reject(error);

    await client.prefetchQuery({ queryKey: ['a'], queryFn: failing(apiError('not-found', 404)) });
    expect(onNotSignedIn).not.toHaveBeenCalled();
    await client.prefetchQuery({ queryKey: ['b'], queryFn: failing(apiError('not-signed-in', 401)) });
    expect(onNotSignedIn).toHaveBeenCalledOnce();
  });
});
