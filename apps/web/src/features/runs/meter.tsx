import classes from './meter.module.css';

type MeterProps = {
  /** What is measured, for screen readers. */
  label: string;
  /** 0 to 1; null while the whole is not known. */
  value: number | null;
  /** Always the count: a bar alone says little. */
  text: string;
  done?: boolean;
  /** Grey, over the whole width, its count stands elsewhere. */
  quiet?: boolean;
};

/** A thin bar with its count beside it. */
export function Meter({ label, value, text, done = false, quiet = false }: MeterProps) {
  const percent = value === null ? 0 : Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10;
  return (
    <span className={classes.meter} data-quiet={quiet || undefined}>
      <span
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuetext={text}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={value === null ? undefined : percent}
        data-done={done || undefined}
      >
        <span className={classes.bar} style={{ width: `${done ? 100 : percent}%` }} />
      </span>
      {!quiet && <span className={classes.text}>{text}</span>}
    </span>
  );
}
