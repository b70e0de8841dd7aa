import classes from './progress-segments.module.css';

type Segment = { key: string; state: 'done' | 'next' | 'open' };

/** A short bar of steps. The number stands beside it in words. */
export function ProgressSegments({ segments }: { segments: readonly Segment[] }) {
  return (
    <div className={classes.segments} aria-hidden="true">
      {segments.map(({ key, state }) => (
        <span key={key} className={classes.segment} data-state={state} />
      ))}
    </div>
  );
}
