import { TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { nextStep } from './interval-draft.ts';
import classes from './schedule.module.css';

type StepInputProps = {
  id: string;
  label: string;
  value: string;
  /** What the arrows go through. */
  steps: readonly number[];
  onChange: (value: string) => void;
  invalid: boolean;
  describedBy: string;
  autoFocus?: boolean;
};

/** A number of a few: typed, or stepped through by the arrow keys and buttons. */
export function StepInput(props: StepInputProps) {
  const { id, label, value, steps, onChange, invalid, describedBy, autoFocus } = props;
  const step = (direction: 1 | -1) => onChange(String(nextStep(value, steps, direction)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? 1 : -1);
  };
  const typed = /^\d+$/.test(value.trim()) ? Number(value) : undefined;
  return (
    <TextInput
      id={id}
      className={classes.stepInput ?? ''}
      w={72}
      role="spinbutton"
      aria-label={label}
      aria-valuenow={typed}
      aria-valuemin={steps[0]}
      aria-valuemax={steps.at(-1)}
      aria-describedby={describedBy}
      error={invalid}
      inputMode="numeric"
      autoComplete="off"
      data-autofocus={autoFocus || undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      rightSectionWidth={26}
      rightSection={
        // The arrow keys do the same, so the buttons are for the mouse only.
        <span className={classes.stepButtons} aria-hidden="true">
          <button type="button" tabIndex={-1} className={classes.stepButton} onClick={() => step(1)}>
            <IconChevronUp size={12} stroke={1.8} />
          </button>
          <button type="button" tabIndex={-1} className={classes.stepButton} onClick={() => step(-1)}>
            <IconChevronDown size={12} stroke={1.8} />
          </button>
        </span>
      }
    />
  );
}
