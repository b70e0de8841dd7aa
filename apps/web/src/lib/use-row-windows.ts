import { keepPreviousData, type QueryKey, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

/** Rows per request; the server's windows have at most 200. */
export const WINDOW_SIZE = 100;

export type RowWindow<Row> = { total: number; offset: number; items: Row[] };

export type RowWindowsOptions<Row> = {
  /** Key of the list with its filters; a window adds its offset. */
  queryKey: QueryKey;
  fetchWindow: (request: { offset: number; limit: number; signal: AbortSignal }) => Promise<RowWindow<Row>>;
};

/** Indexes of the windows that hold rows `first` to `last`. */
export function windowsBetween(first: number, last: number): number[] {
  const start = Math.max(0, Math.floor(first / WINDOW_SIZE));
  const end = Math.max(start, Math.floor(last / WINDOW_SIZE));
  return Array.from({ length: end - start + 1 }, (_, step) => start + step);
}

/**
 * Feeds a `VirtualGrid` from windows of 100 rows: only what is in view is asked for, and the number of all rows
 * is known from the first window on. Rows that have not come yet are undefined.
 */
export function useRowWindows<Row>({ queryKey, fetchWindow }: RowWindowsOptions<Row>) {
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const windowQuery = (index: number) => ({
    queryKey: [...queryKey, 'window', index],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      fetchWindow({ offset: index * WINDOW_SIZE, limit: WINDOW_SIZE, signal }),
  });

  const head = useQuery({ ...windowQuery(0), placeholderData: keepPreviousData });
  const indexes = useMemo(() => windowsBetween(visible.first, visible.last), [visible]);
  const windows = useQueries({ queries: indexes.map(windowQuery) });

  const getRow = (index: number): Row | undefined => {
    const slot = indexes.indexOf(Math.floor(index / WINDOW_SIZE));
    return windows[slot]?.data?.items[index % WINDOW_SIZE];
  };
  const onVisibleRange = useCallback((first: number, last: number) => {
    setVisible((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, []);

  const failed = windows.find((one) => one.isError) ?? (head.isError ? head : undefined);
  return {
    /** Undefined until the first window has come. */
    rowCount: head.data?.total,
    /** The filter changed and the rows on screen are still those of the former one. */
    isChanging: head.isPlaceholderData,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
    getRow,
    onVisibleRange,
  };
}
