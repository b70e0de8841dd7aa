import { StatePill } from '../../components/ui/state-pill.tsx';
import classes from './directory.module.css';

/** In lists only what is not usual has a pill. */
export function ActiveState({ active }: { active: boolean }) {
  if (active) return <span className={classes.dim}>active</span>;
  return <StatePill state="off">Disabled</StatePill>;
}
