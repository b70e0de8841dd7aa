import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { formatNoun } from '../../lib/format.ts';
import type { RunIntent } from './api.ts';
import classes from './connector-page.module.css';

type StartDialogsProps = {
  /** Which run is asked about. */
  asked: RunIntent | null;
  name: string;
  /** Names of unsaved changes, which are saved first. */
  changes?: readonly string[];
  busy: boolean;
  onClose: () => void;
  onConfirm: (intent: RunIntent) => Promise<void>;
};

/**
 * Asks before a sync, since it reads and applies in one go, and before a simulation only where unsaved changes
 * would not be part of it.
 */
export function StartDialogs({ asked, name, changes = [], busy, onClose, onConfirm }: StartDialogsProps) {
  const unsaved =
    changes.length > 0
      ? `${formatNoun(changes.length, 'unsaved change')} (${changes.join(', ')}) ${changes.length === 1 ? 'is' : 'are'} saved first.`
      : undefined;
  return (
    <>
      <ConfirmDialog
        opened={asked === 'apply'}
        onClose={onClose}
        onConfirm={() => void onConfirm('apply')}
        title={`Sync ${name} now?`}
        confirmText={unsaved === undefined ? 'Sync now' : 'Save and sync now'}
        busy={busy}
      >
        <p>
          A sync reads all users and groups from Okta and applies the changes in one go, without a review. A
          plan above the guard’s limits is held and applies nothing.
        </p>
        <p className={classes.dialogText}>To see the changes before anything is written, simulate.</p>
        {unsaved !== undefined && <p className={classes.dialogText}>{unsaved}</p>}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'simulate'}
        onClose={onClose}
        onConfirm={() => void onConfirm('simulate')}
        title={`Save and simulate ${name}?`}
        confirmText="Save and simulate"
        busy={busy}
      >
        A simulation works with what is saved. {unsaved} Nothing is written to the directory.
      </ConfirmDialog>
    </>
  );
}
