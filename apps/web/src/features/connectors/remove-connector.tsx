import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { useRemoveConnector } from './api.ts';
import classes from './connection.module.css';
import { useConnectorEditor } from './connector-editor-context.ts';

/** In a quiet place: removing asks for the name and says what stays. */
export function RemoveConnector() {
  const { connector } = useConnectorEditor();
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  const remove = useRemoveConnector(connector.id);
  const running = useRef(false);

  async function confirm(): Promise<void> {
    if (running.current) return;
    running.current = true;
    try {
      await remove.mutateAsync(connector.name);
      await navigate({ to: '/connectors', ignoreBlocker: true });
    } catch {
      // Said in the dialog.
    } finally {
      running.current = false;
    }
  }

  function close(): void {
    remove.reset();
    setOpened(false);
  }

  return (
    <div className={classes.remove}>
      <button type="button" className={classes.removeButton} onClick={() => setOpened(true)}>
        Remove connector…
      </button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        onConfirm={() => void confirm()}
        title={`Remove the connector ${connector.name}?`}
        confirmText="Remove connector"
        busy={remove.isPending}
        destructive
        typed={{ expected: connector.name, label: 'Type the name of the connector' }}
        error={errorText(remove.error)}
      >
        <p>
          <strong>Nobody is disabled or deleted.</strong> The people and groups that it synced stay in the
          directory “{connector.directory.name}” as local ones, and nothing updates them from Okta any more.
        </p>
        <p className={classes.secondParagraph}>
          Its settings and its stored API token are removed for good. To only pause it, switch off{' '}
          <em>Enable Scheduled Synchronization</em> instead.
        </p>
      </ConfirmDialog>
    </div>
  );
}

function errorText(error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (isApiError(error, 'run-in-progress')) return `${error.message} Cancel it or wait for its end.`;
  return error instanceof Error ? error.message : String(error);
}
