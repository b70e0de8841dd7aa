import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { useRowWindows, windowsBetween } from './use-row-windows.ts';

afterEach(cleanup);

describe('windowsBetween', () => {
  const cases: [first: number, last: number, expected: number[]][] = [
    [0, 0, [0]],
    [0, 99, [0]],
    [90, 130, [0, 1]],
    [99_980, 99_999, [999]],
    [250, 240, [2]],
  ];
  test.each(cases)('rows %s to %s', (first, last, expected) => {
    expect(windowsBetween(first, last)).toEqual(expected);
  });
});

describe('useRowWindows', () => {
  test('fetches the windows in view only, and knows the number of all rows', async () => {
    const fetchWindow = vi.fn(({ offset, limit }: { offset: number; limit: number }) =>
      Promise.resolve({
        total: 100_000,
        offset,
        items: Array.from({ length: limit }, (_, index) => `row ${offset + index}`),
      }),
    );
    const client = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    const { result } = renderHook(() => useRowWindows({ queryKey: ['list'], fetchWindow }), { wrapper });

    await waitFor(() => expect(result.current.rowCount).toBe(100_000));
    expect(result.current.getRow(42)).toBe('row 42');
    expect(result.current.getRow(99_999)).toBeUndefined();
    act(() => result.current.onVisibleRange(99_975, 99_999));
    await waitFor(() => expect(result.current.getRow(99_999)).toBe('row 99999'));

    expect(fetchWindow.mock.calls.map(([request]) => request.offset)).toEqual([0, 99_900]);
  });

  test('a window that fails says so and can be asked for again', async () => {
    const fetchWindow = vi
      .fn()
      .mockRejectedValueOnce(new Error('gone'))
      .mockResolvedValue({ total: 1, offset: 0, items: ['row 0'] });
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    const { result } = renderHook(() => useRowWindows({ queryKey: ['list'], fetchWindow }), { wrapper });

    await waitFor(() => expect(result.current.error?.message).toBe('gone'));
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.getRow(0)).toBe('row 0'));
  });
});
