import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { VisuallyHidden } from './visually-hidden.tsx';

/** A link that leaves Gatehouse, in a tab of its own. */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" style={{ fontWeight: 500 }}>
      {children}{' '}
      <IconExternalLink size={14} stroke={1.7} style={{ verticalAlign: '-2px' }} aria-hidden="true" />
      <VisuallyHidden> (opens in a new tab)</VisuallyHidden>
    </a>
  );
}
