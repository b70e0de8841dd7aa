import { oktaConnectorField } from '@gatehouse/contracts/okta-connector';
import type { Schedule } from '@gatehouse/contracts/schedule';
import { TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import type { FieldErrors } from './connector-form.ts';
import classes from './schedule.module.css';
import { TimeZoneSelect } from './time-zone-select.tsx';

const DIALECTS = {
  unix: 'Unix: minute, hour, day of month, month, day of week. 0 or 7 is Sunday.',
  quartz: 'Quartz: second, minute, hour, day of month, month, day of week, and perhaps a year. 1 is Sunday.',
};

type CronEditorProps = {
  schedule: Schedule;
  errors: FieldErrors;
  onExpression: (expression: string) => void;
  onTimeZone: (timeZone: string) => void;
  expressionRef: RefObject<HTMLInputElement | null>;
  timeZoneRef: RefObject<HTMLDivElement | null>;
};

/** The expression itself. Its meaning and its next times stand around it. */
export function CronEditor(props: CronEditorProps) {
  const { schedule, errors, onExpression, onTimeZone, expressionRef, timeZoneRef } = props;
  return (
    <div className={classes.editor} id="cron-editor">
      <TextInput
        ref={expressionRef}
        className={classes.expression ?? ''}
        label={oktaConnectorField('schedule.value.expression').label}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        description={DIALECTS[schedule.dialect]}
        value={schedule.expression}
        error={errors['schedule.expression']}
        onChange={(event) => onExpression(event.currentTarget.value)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div ref={timeZoneRef}>
        <TimeZoneSelect value={schedule.timeZone} error={errors['schedule.timeZone']} onChange={onTimeZone} />
      </div>
    </div>
  );
}
