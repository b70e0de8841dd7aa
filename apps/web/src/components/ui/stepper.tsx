import { Glyph } from './glyph.tsx';
import classes from './stepper.module.css';

type StepperProps = { label: string; steps: readonly string[]; current: number };

/** An ordered list of steps: done, current, coming. */
export function Stepper({ label, steps, current }: StepperProps) {
  return (
    <ol className={classes.stepper} aria-label={label}>
      {steps.map((name, index) => (
        <li key={name} className={classes.step} aria-current={index === current ? 'step' : undefined}>
          {index < current ? (
            <Glyph state="passed" label="done:" />
          ) : (
            <span className={classes.number}>{index + 1}</span>
          )}
          <span className={classes.name}>{name}</span>
        </li>
      ))}
    </ol>
  );
}
