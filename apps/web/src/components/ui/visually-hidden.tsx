import { VisuallyHidden as Hidden } from '@mantine/core';
import type { ReactNode } from 'react';

/** Text for screen readers only. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <Hidden component="span">{children}</Hidden>;
}
