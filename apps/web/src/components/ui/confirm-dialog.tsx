import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import classes from './confirm-dialog.module.css';

type ConfirmDialogProps = {
  opened: boolean;
  onClose: () => void;
  /** The question, with its number: "Disable 688 users?" */
  title: string;
  /** The consequence, and what does not happen. */
  children: ReactNode;
  /** Repeats the verb of the question: "Disable 688 users". */
  confirmText: string;
  /** "Cancel", or what stays as it is: "Keep them held". */
  cancelText?: string;
  onConfirm: () => void;
  busy?: boolean;
  /** The last destructive button is red. */
  destructive?: boolean;
  /** What must be typed first: a number or a name, with the field's label and hint. */
  typed?: { expected: string; label: string; hint?: ReactNode };
  /** Why the confirmed action did not work. */
  error?: string | undefined;
};

/** A dialog that asks one question. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <ConfirmForm {...props} />
    </Modal>
  );
}

/** Mounted only while the dialog is open, so what was typed is forgotten when it closes. */
function ConfirmForm(props: ConfirmDialogProps) {
  const { typed, busy = false, destructive = false } = props;
  const [text, setText] = useState('');
  const ready = typed === undefined || text.trim() === typed.expected;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) props.onConfirm();
  };
  return (
    <form onSubmit={submit}>
      <div className={classes.text}>{props.children}</div>
      {typed && (
        <div className={classes.content}>
          <TextInput
            data-autofocus
            label={typed.label}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            maw={200}
          />
          {typed.hint}
        </div>
      )}
      {props.error !== undefined && (
        <p className={classes.error} role="alert">
          {props.error}
        </p>
      )}
      <div className={classes.buttons}>
        <Button onClick={props.onClose} data-autofocus={typed === undefined || undefined}>
          {props.cancelText ?? 'Cancel'}
        </Button>
        <Button type="submit" variant={destructive ? 'danger' : 'filled'} disabled={!ready} loading={busy}>
          {props.confirmText}
        </Button>
      </div>
    </form>
  );
}
