import type { ReactNode } from 'react';
import classes from './tab-links.module.css';

/** The tabs of a page: each is a router link of its own (`<Link>` marks the current one by `aria-current`). */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
