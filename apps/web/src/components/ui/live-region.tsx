import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { VisuallyHidden } from './visually-hidden.tsx';

const Announce = createContext<(message: string) => void>(() => {});

/** Holds the one polite status of the page; below it, `useAnnounce` fills it. */
export function LiveRegion({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState('');
  const announce = useCallback((next: string) => {
    // The same words twice would not be read again: an invisible difference makes them a change.
    setMessage((before) => (before === next ? `${next}\u00a0` : next));
  }, []);
  const value = useMemo(() => announce, [announce]);
  return (
    <Announce.Provider value={value}>
      {children}
      <VisuallyHidden>
        <span role="status" aria-live="polite">
          {message}
        </span>
      </VisuallyHidden>
    </Announce.Provider>
  );
}

/** Says something to a screen reader without moving the focus: results, "Copied", counts after a filter. */
export function useAnnounce(): (message: string) => void {
  return useContext(Announce);
}
