import { formatCount } from '../../lib/format.ts';
import { classNames } from './class-names.ts';
import classes from './numbers.module.css';

/** A number with grouping and equal digits; zero and "none" (a dash) are faint. */
export function Count({ value }: { value: number | null | undefined }) {
  const missing = value === null || value === undefined;
  return (
    <span className={classNames(classes.number, (missing || value === 0) && classes.faint)}>
      {missing ? '–' : formatCount(value)}
    </span>
  );
}
