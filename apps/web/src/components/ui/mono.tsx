import type { ReactNode } from 'react';
import classes from './mono.module.css';

/** A value inside of a sentence, as it is written elsewhere: an expression, an id, a command. */
export function Mono({ children }: { children: ReactNode }) {
  return <code className={classes.mono}>{children}</code>;
}
