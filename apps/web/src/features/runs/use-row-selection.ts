import type { ChangeRow } from '@gatehouse/contracts/plan';
import { type RouterHistory, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
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
 * Opening a row makes an entry of the history, and closing it goes back over that entry, so that *Back* never shows the
 * same list twice.
 */
export function useRowSelection({ search, setSearch, getRow }: RowSelectionOptions) {
  const { history } = useRouter();
  const [pending, setPending] = useState<number | null>(null);
  const opened = useRef<{ entry: number; without: string } | null>(null);
  const pendingRow = pending === null ? undefined : getRow(pending);
  const pendingKey = pendingRow?.key;

  useEffect(() => {
    if (pending === null || pendingKey === undefined) return;
    if (search.row === pendingKey && search.at === pending) {
      setPending(null);
      return;
    }
    const next = withRow(search, { key: pendingKey, index: pending });
    const timer = setTimeout(() => {
      const isOpen = search.row !== undefined;
      if (!isOpen) opened.current = { entry: entryOf(history) + 1, without: textOf(search) };
      setSearch(next, { replace: isOpen });
    }, SETTLES_AFTER);
    return () => clearTimeout(timer);
  }, [pending, pendingKey, search, setSearch, history]);

  const select = useCallback((index: number) => setPending(index), []);
  const close = useCallback(() => {
    setPending(null);
    if (search.row === undefined) return;
    const { entry, without } = opened.current ?? {};
    opened.current = null;
    if (entry === entryOf(history) && without === textOf(search)) history.back();
    else setSearch(withRow(search, null), { replace: true });
  }, [search, setSearch, history]);

  return { selectedIndex: pending ?? placeOf(search, getRow), select, close };
}

function entryOf(history: RouterHistory): number {
  return history.location.state.__TSR_index;
}

/** The filter as a text to compare: the row aside. */
function textOf(search: ReviewSearch): string {
  return JSON.stringify(Object.entries(withRow(search, null)).sort());
}

/** The place in the URL counts while its row has not come, or is the one that the URL names. */
function placeOf(search: ReviewSearch, getRow: (index: number) => ChangeRow | undefined): number | null {
  if (search.row === undefined || search.at === undefined) return null;
  const row = getRow(search.at);
  return row === undefined || row.key === search.row ? search.at : null;
}
