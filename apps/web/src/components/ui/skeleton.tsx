import { type ReactNode, useEffect, useState } from 'react';
import classes from './skeleton.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

const SHOWN_AFTER = 300;

/** True once the component has been there for 300 ms: what is faster than that shows no placeholder. */
function useDelayPassed(): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), SHOWN_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return passed;
}

/** Placeholders in the shape of what comes; nothing for the first 300 ms. */
export function Skeletons({ label, children }: { label: string; children: ReactNode }) {
  const passed = useDelayPassed();
  if (!passed) return null;
  return (
    <div className={classes.stack} aria-busy="true">
      <VisuallyHidden>{label}</VisuallyHidden>
      {children}
    </div>
  );
}

/** One bar; sizes in px, or a CSS width. */
export function SkeletonBar({ width = '100%', height }: { width?: number | string; height: number }) {
  return <span className={classes.bar} style={{ width, height }} />;
}

/** The placeholder of a list: bars of the rows' height. */
export function SkeletonRows({ label, rows, rowHeight }: { label: string; rows: number; rowHeight: number }) {
  return (
    <Skeletons label={label}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal bars without identity
        <SkeletonBar key={index} height={rowHeight - 12} />
      ))}
    </Skeletons>
  );
}
