import type { Schedule } from '@gatehouse/contracts/schedule';
import type { DaysChoice, Interval } from '@gatehouse/schedule/interval';
import { Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Mono } from '../../components/ui/mono.tsx';
import { browserTimeZone } from '../../lib/format.ts';
import {
  type IntervalDraft,
  intervalDraftOf,
  listNumbers,
  offerOf,
  readIntervalDraft,
  scheduleOf,
} from './interval-draft.ts';
import { IntervalPreview } from './interval-preview.tsx';
import classes from './schedule.module.css';
import { StepInput } from './step-input.tsx';
import { TimeZoneSelect } from './time-zone-select.tsx';
import { WeekdayButtons } from './weekday-buttons.tsx';

type IntervalModalProps = {
  opened: boolean;
  schedule: Schedule | null;
  onClose: () => void;
  onUse: (schedule: Schedule) => void;
};

/** Sets the interval in words; the cron expression follows. */
export function IntervalModal({ opened, onClose, ...form }: IntervalModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Set interval">
      <IntervalForm {...form} onClose={onClose} />
    </Modal>
  );
}

const MINUTES = Array.from({ length: 60 }, (_, minute) => minute);

const UNITS: readonly { value: Interval['unit']; label: string }[] = [
  { value: 'minutes', label: 'minutes' },
  { value: 'hours', label: 'hours' },
  { value: 'day', label: 'day' },
];

const CHOICES: { value: DaysChoice; label: string }[] = [
  { value: 'every-day', label: 'every day' },
  { value: 'weekdays', label: 'weekdays' },
  { value: 'chosen-days', label: 'chosen days' },
];

/** Mounted only while the dialog is open: it starts from the present schedule each time. */
function IntervalForm({ schedule, onClose, onUse }: Omit<IntervalModalProps, 'opened'>) {
  const [{ draft: first, expressible }] = useState(() => intervalDraftOf(schedule, browserTimeZone()));
  const [draft, setDraft] = useState<IntervalDraft>(first);
  const set = (patch: Partial<IntervalDraft>) => setDraft((before) => ({ ...before, ...patch }));
  const read = readIntervalDraft(draft);
  const errors = read.ok ? {} : read.errors;
  const next = read.ok ? scheduleOf(read.interval, draft.timeZone, schedule) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (next !== null) onUse(next);
  };
  return (
    <form onSubmit={submit} noValidate>
      {!expressible && schedule !== null && (
        <p className={classes.dialogNote}>
          The present expression <Mono>{schedule.expression}</Mono> says more than this dialog can. It stays
          until you use another interval.
        </p>
      )}
      <div className={classes.fields}>
        <EveryRow draft={draft} set={set} error={errors.every} />
        {draft.unit === 'hours' && <MinuteRow draft={draft} set={set} error={errors.minute} />}
        {draft.unit === 'day' && (
          <Row label="At" error={errors.time}>
            {(ids) => (
              <TextInput
                id={ids.field}
                w={72}
                aria-describedby={ids.note}
                error={errors.time !== undefined}
                inputMode="numeric"
                autoComplete="off"
                value={draft.time}
                onChange={(event) => set({ time: event.currentTarget.value })}
              />
            )}
          </Row>
        )}
        <Row label="On" error={errors.days}>
          {() => (
            <>
              <SegmentedControl
                aria-label="On"
                data={CHOICES}
                value={draft.choice}
                onChange={(choice) => set({ choice: choice as DaysChoice })}
              />
              {draft.choice === 'chosen-days' && (
                <WeekdayButtons days={draft.days} onChange={(days) => set({ days })} />
              )}
            </>
          )}
        </Row>
        <Row label="Time zone">
          {(ids) => (
            <TimeZoneSelect
              id={ids.field}
              labelHidden
              value={draft.timeZone}
              onChange={(timeZone) => set({ timeZone })}
            />
          )}
        </Row>
      </div>
      <IntervalPreview schedule={next} />
      <div className={classes.dialogButtons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={next === null}>
          Use this interval
        </Button>
      </div>
    </form>
  );
}

type RowPartProps = {
  draft: IntervalDraft;
  set: (patch: Partial<IntervalDraft>) => void;
  error: string | undefined;
};

function EveryRow({ draft, set, error }: RowPartProps) {
  const { unit } = draft;
  const offer = unit === 'day' ? undefined : offerOf(unit);
  return (
    <Row
      label="Every"
      error={error}
      note={offer && `${listNumbers(offer.steps)}: others are not offered. ${offer.reason}`}
    >
      {(ids) => (
        <>
          {unit !== 'day' && offer && (
            <StepInput
              id={ids.field}
              label={`Every, number of ${unit}`}
              value={draft[unit]}
              steps={offer.steps}
              onChange={(value) => set(unit === 'minutes' ? { minutes: value } : { hours: value })}
              invalid={error !== undefined}
              describedBy={ids.note}
              autoFocus
            />
          )}
          <Select
            aria-label="Unit"
            data={UNITS}
            value={unit}
            onChange={(value) => value !== null && set({ unit: value as Interval['unit'] })}
            w={124}
          />
        </>
      )}
    </Row>
  );
}

function MinuteRow({ draft, set, error }: RowPartProps) {
  return (
    <Row label="At minute" error={error}>
      {(ids) => (
        <>
          <StepInput
            id={ids.field}
            label="At minute"
            value={draft.minute}
            steps={MINUTES}
            onChange={(minute) => set({ minute })}
            invalid={error !== undefined}
            describedBy={ids.note}
          />
          <span className={classes.dim}>past the hour</span>
        </>
      )}
    </Row>
  );
}

type RowProps = {
  label: string;
  error?: string | undefined;
  note?: string | undefined;
  children: (ids: { field: string; note: string }) => ReactNode;
};

function Row({ label, error, note, children }: RowProps) {
  const id = useId();
  return (
    <>
      <label className={classes.label} htmlFor={`${id}-field`}>
        {label}
      </label>
      <div className={classes.value}>
        {children({ field: `${id}-field`, note: `${id}-note` })}
        <span
          id={`${id}-note`}
          className={error === undefined ? classes.reason : classes.error}
          role={error === undefined ? undefined : 'alert'}
        >
          {error ?? note}
        </span>
      </div>
    </>
  );
}
