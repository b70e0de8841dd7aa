import { Button } from '@mantine/core';
import { formatCount, formatRows } from '../../lib/format.ts';
import classes from './pager.module.css';

type PagerProps = {
  total: number;
  offset: number;
  size: number;
  /** Plural noun of the rows. */
  noun: string;
  onMove: (offset: number) => void;
};

/** Which rows of a paged list are shown, and the way to the others. One page: only the number. */
export function Pager({ total, offset, size, noun, onMove }: PagerProps) {
  const last = Math.min(total, offset + size);
  const paged = total > size || offset > 0;
  return (
    <nav className={classes.pager} aria-label={`Pages of ${noun}`}>
      <span>
        {formatRows(total, noun)}
        {paged && `, ${formatCount(Math.min(total, offset + 1))} to ${formatCount(last)} shown`}
      </span>
      {paged && (
        <span className={classes.buttons}>
          <Button size="xs" disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - size))}>
            Previous page
          </Button>
          <Button size="xs" disabled={last >= total} onClick={() => onMove(offset + size)}>
            Next page
          </Button>
        </span>
      )}
    </nav>
  );
}
