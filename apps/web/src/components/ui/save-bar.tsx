import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { formatNoun } from '../../lib/format.ts';
import classes from './save-bar.module.css';

type SaveAction = 'save' | 'save-and-return' | 'save-and-test';

type SaveBarProps = {
  /** Names of the fields that differ from what is saved. */
  changes: readonly string[];
  /** "All changes saved at 02:14", or what stands there before the first save. */
  savedText: ReactNode;
  /** Nothing is saved yet: the text stands without its tick. */
  unsaved?: boolean;
  /** The ink button. The order never changes. */
  primary: 'save' | 'save-and-test';
  /** The action that runs, while it runs. */
  busy: SaveAction | null;
  onSave: () => void;
  /** Pages without a list or test of their own have only *Save*. */
  onSaveAndReturn?: () => void;
  onSaveAndTest?: () => void;
  onDiscard: () => void;
};

/** The bar at the bottom of pages with a form: Save · Save and Return · Save and Test Connection. */
export function SaveBar(props: SaveBarProps) {
  const { changes, savedText, primary, busy, onDiscard } = props;
  const all: { action: SaveAction; text: string; run: (() => void) | undefined }[] = [
    { action: 'save', text: 'Save', run: props.onSave },
    { action: 'save-and-return', text: 'Save and Return', run: props.onSaveAndReturn },
    { action: 'save-and-test', text: 'Save and Test Connection', run: props.onSaveAndTest },
  ];
  const buttons = all.filter(({ run }) => run !== undefined);
  const bar = (
    <section className={classes.bar} aria-label="Save">
      <div className={classes.state}>
        {changes.length === 0 ? (
          <>
            {!props.unsaved && <IconCheck size={15} stroke={2} aria-hidden="true" />}
            {savedText}
          </>
        ) : (
          <>
            <span className={classes.changes}>{formatNoun(changes.length, 'unsaved change')}</span>
            <span>{changes.join(', ')}</span>
            <button type="button" className={classes.link} onClick={onDiscard}>
              Discard
            </button>
          </>
        )}
      </div>
      <div className={classes.buttons}>
        {buttons.map(({ action, text, run }) => (
          <Button
            key={action}
            variant={action === primary ? 'filled' : 'default'}
            loading={busy === action}
            disabled={busy !== null && busy !== action}
            onClick={run}
          >
            {text}
          </Button>
        ))}
      </div>
    </section>
  );
  const main = useMainElement();
  return main === null ? bar : createPortal(bar, main);
}

/** The bar spans the page's whole width and ends it, wherever its form stands. */
function useMainElement(): HTMLElement | null {
  const [main, setMain] = useState<HTMLElement | null>(null);
  useEffect(() => setMain(document.getElementById('main')), []);
  return main;
}
