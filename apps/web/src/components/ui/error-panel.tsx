import { Button } from '@mantine/core';
import { isApiError } from '../../lib/api-error.ts';
import classes from './error-panel.module.css';
import { Glyph } from './glyph.tsx';

type ErrorPanelProps = {
  /** What could not be done: "The runs could not be read". */
  title: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
};

/** An error that stays in its part of the page, with its cause and *Try again*. */
export function ErrorPanel({ title, error, onRetry }: ErrorPanelProps) {
  const cause = error instanceof Error ? error.message : String(error);
  // Asking again or asking for help does not give a role.
  const isRole: boolean = isApiError(error, 'not-allowed');
  const requestId = isApiError(error) && !isRole ? error.requestId : undefined;
  return (
    <div className={classes.panel} role="alert">
      <Glyph state="failed" label="" />
      <div className={classes.text}>
        <p className={classes.title}>{title}</p>
        <p>{cause}</p>
        {requestId !== undefined && (
          <p className={classes.request}>
            Quote this when you ask for help: <code>{requestId}</code>
          </p>
        )}
      </div>
      {onRetry && !isRole && (
        <Button size="xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
