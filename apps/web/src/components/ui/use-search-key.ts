import { useEffect, useRef } from 'react';

const TYPED_IN = 'input, textarea, select, [contenteditable], dialog, [role=dialog]';

/** Key `/` on the whole page, except where it is typed and while a dialog is open. */
export function useSearchKey(onSearch: (() => void) | undefined): void {
  const latest = useRef(onSearch);
  latest.current = onSearch;
  const wanted = onSearch !== undefined;

  useEffect(() => {
    if (!wanted) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.defaultPrevented) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(TYPED_IN) !== null) return;
      event.preventDefault();
      latest.current?.();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [wanted]);
}
