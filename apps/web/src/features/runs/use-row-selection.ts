import type { ChangeRow } from '@gatehouse/contracts/plan';
import { useCallback, useEffect, useState } from 'react';
import { type ReviewSearch, withRow } from './review-search.ts';

/** Keys that repeat move the mark at once; the URL and the details follow when they rest. */
const SETTLES_AFTER = 90;

type RowSelectionOptions = {
  search: ReviewSearch;
  setSearch: (next: ReviewSearch, options?: { replace?: boolean }) => void;
  getRow: (index: number) => ChangeRow | undefined;
};

/**
 * Which row is marked in the list. The URL names it by key and place; a row whose window has not come yet is marked
 * first and named when it is there.
 */
export function useRowSelection({ search, setSearch, getRow }: RowSelectionOptions) {
  const [pending, setPending] = useState<number | null>(null);
  const pendingRow = pending === null ? undefined : getRow(pending);
  const pendingKey = pendingRow?.key;

  useEffect(() => {
    if (pending === null || pendingKey === undefined) return;
    if (search.row === pendingKey && search.at === pending) {
      setPending(null);
      return;
    }
    const next = withRow(search, { key: pendingKey, index: pending });
    const timer = setTimeout(() => setSearch(next, { replace: search.row !== undefined }), SETTLES_AFTER);
    return () => clearTimeout(timer);
  }, [pending, pendingKey, search, setSearch]);

  const select = useCallback((index: number) => setPending(index), []);
  const close = useCallback(() => {
    setPending(null);
    setSearch(withRow(search, null), { replace: true });
  }, [search, setSearch]);

  return { selectedIndex: pending ?? placeOf(search, getRow), select, close };
}

/** The place in the URL counts while its row has not come, or is the one that the URL names. */
function placeOf(search: ReviewSearch, getRow: (index: number) => ChangeRow | undefined): number | null {
  if (search.row === undefined || search.at === undefined) return null;
  const row = getRow(search.at);
  return row === undefined || row.key === search.row ? search.at : null;
}
