import { useEffect } from 'react';
import { useAnnounce } from './live-region.tsx';

/** Names the page in the browser's tab and to screen readers. */
export function usePageTitle(title: string): void {
  const announce = useAnnounce();
  useEffect(() => {
    document.title = `${title} · Gatehouse`;
    announce(title);
  }, [title, announce]);
}
