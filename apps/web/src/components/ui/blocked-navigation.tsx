import { useBlocker } from '@tanstack/react-router';
import { formatNoun } from '../../lib/format.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

/**
 * Asks before a page with unsaved changes is left, by a link, Back, a reload or by closing the tab. Moves
 * inside of `stayWithin` (a path) keep the changes and are not asked about.
 */
export function BlockedNavigation({
  changes,
  stayWithin,
}: {
  changes: readonly string[];
  stayWithin?: string;
}) {
  const unsaved = changes.length > 0;
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (!unsaved || next.pathname === current.pathname) return false;
      return stayWithin === undefined || !next.pathname.startsWith(stayWithin);
    },
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      onConfirm={() => proceed?.()}
      title={`Leave without saving ${formatNoun(changes.length, 'change')}?`}
      confirmText="Leave without saving"
      cancelText="Stay on this page"
      destructive
    >
      Not saved: {changes.join(', ')}. What is saved already stays as it is.
    </ConfirmDialog>
  );
}
