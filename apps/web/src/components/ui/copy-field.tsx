import { type ReactNode, useId } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './copy-field.module.css';

type CopyFieldProps = {
  label: string;
  value: string;
  /** Where the value goes. */
  hint?: ReactNode;
  labelHidden?: boolean;
};

/** A value that travels to another system: read-only, monospaced, with its copy button. */
export function CopyField({ label, value, hint, labelHidden = false }: CopyFieldProps) {
  const id = useId();
  return (
    <div>
      {!labelHidden && (
        <label htmlFor={id} className={classes.label}>
          {label}
        </label>
      )}
      <div className={classes.field}>
        <input
          id={id}
          className={classes.value}
          readOnly
          value={value}
          aria-label={labelHidden ? label : undefined}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={value} label={label} className={classes.button} />
      </div>
      {hint !== undefined && <p className={classes.hint}>{hint}</p>}
    </div>
  );
}
