import { guardRules } from '@gatehouse/contracts/guard-limits';
import { oktaConnectorField } from '@gatehouse/contracts/okta-connector';
import { reasonLabel } from '@gatehouse/contracts/run-words';
import type { Schedule } from '@gatehouse/contracts/schedule';
import { Button, Switch } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { FormError } from '../../components/forms/form-error.tsx';
import { KeyValueList } from '../../components/ui/key-value-list.tsx';
import { Mono } from '../../components/ui/mono.tsx';
import { SettingsSection } from '../../components/ui/page.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { browserTimeZone } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { useConnectorEditor, useFieldFocus } from './connector-editor-context.ts';
import { unsavedFields } from './connector-form.ts';
import { CronEditor } from './cron-editor.tsx';
import { IntervalModal } from './interval-modal.tsx';
import { NextRunsPanel } from './next-runs-panel.tsx';
import classes from './schedule.module.css';
import { readSchedule, type ScheduleReading, typedSchedule, unevenNote } from './schedule-reading.ts';

/** When the connector syncs by itself. */
export function SyncSettingsTab() {
  return (
    <div>
      <SettingsSection title="Schedule" text="Runs on this server, also when nobody is signed in.">
        <ScheduleSettings />
      </SettingsSection>
      <SettingsSection title="Clean-up" text="What happens to people whom Okta no longer returns.">
        <p>
          <strong>Their accounts are disabled.</strong> Nothing is deleted, and an account is enabled again
          when Okta returns the person.
        </p>
        <p className={classes.dim}>If a read is not complete, nobody is disabled.</p>
      </SettingsSection>
      <SettingsSection
        title="Guard"
        text="What looks like an accident is held: nothing of the whole plan is written. The limits cannot be changed in this version."
      >
        <GuardRules />
      </SettingsSection>
    </div>
  );
}

function GuardRules() {
  const items = guardRules().map(({ code, rule }) => ({ key: reasonLabel(code), value: rule }));
  return <KeyValueList items={items} />;
}

function ScheduleSettings() {
  const { form, edit } = useConnectorEditor();
  const isAdmin = useIsAdmin();
  const now = useNow();
  const { schedule, scheduleEnabled } = form.values;
  const reading = useMemo(
    () => (schedule === null ? null : readSchedule(schedule, new Date(now))),
    [schedule, now],
  );
  const changed = unsavedFields(form);
  const toggle = (enabled: boolean) =>
    // A first interval to begin with: it can be seen and changed before it is saved.
    edit({ scheduleEnabled: enabled, ...(schedule === null ? { schedule: firstSchedule() } : {}) });
  return (
    <div className={classes.schedule}>
      <div className={classes.controls}>
        {isAdmin ? (
          <Switch
            label={oktaConnectorField('schedule.enabled').label}
            checked={scheduleEnabled}
            onChange={(event) => toggle(event.currentTarget.checked)}
          />
        ) : (
          <StatePill state={scheduleEnabled ? 'passed' : 'off'}>
            Scheduled Synchronization is {scheduleEnabled ? 'on' : 'off'}
          </StatePill>
        )}
        <Words schedule={schedule} reading={reading} />
        {isAdmin && <ScheduleButtons reading={reading} />}
      </div>
      <NextRunsPanel
        reading={reading}
        enabled={scheduleEnabled}
        unsaved={changed.includes('schedule') || changed.includes('scheduleEnabled')}
      />
    </div>
  );
}

function firstSchedule(): Schedule {
  return { expression: '0 */4 * * *', dialect: 'unix', timeZone: browserTimeZone() };
}

function Words({ schedule, reading }: { schedule: Schedule | null; reading: ScheduleReading | null }) {
  if (schedule === null) return <p className={classes.dim}>No interval is set yet.</p>;
  const uneven = reading?.ok ? unevenNote(schedule.expression) : null;
  return (
    <div>
      {reading?.ok ? (
        <p className={classes.words}>{reading.words}</p>
      ) : (
        <p className={`${classes.words} ${classes.refused}`}>Not a schedule yet</p>
      )}
      <p className={classes.wordsNote}>
        {schedule.timeZone} · {schedule.dialect === 'quartz' ? 'Quartz cron' : 'cron'}{' '}
        <Mono>{shorten(schedule.expression)}</Mono>
      </p>
      {uneven !== null && <p className={classes.wordsNote}>{uneven}</p>}
    </div>
  );
}

function ScheduleButtons({ reading }: { reading: ScheduleReading | null }) {
  const { form, dispatch, edit, wantedField } = useConnectorEditor();
  const [dialogOpen, setDialogOpen] = useState(false);
  const [editorOpen, setEditorOpen] = useState(reading?.ok === false);
  const expressionRef = useFieldFocus<HTMLInputElement>('schedule.expression');
  const timeZoneRef = useFieldFocus<HTMLDivElement>('schedule.timeZone');
  const { schedule } = form.values;
  const refused = reading !== null && !reading.ok;
  const wanted = wantedField?.startsWith('schedule.') === true;
  const showEditor = schedule !== null && (editorOpen || wanted);
  useEffect(() => {
    if (wanted) setEditorOpen(true);
  }, [wanted]);

  function change(next: Schedule): void {
    edit({ schedule: next });
    const found = readSchedule(next, new Date());
    if (!found.ok) dispatch({ type: 'checked', field: found.field, error: found.reason });
  }

  return (
    <>
      <div className={classes.buttons}>
        <Button onClick={() => setDialogOpen(true)}>Set interval…</Button>
        {schedule !== null && (
          <Button
            variant="subtle"
            aria-expanded={showEditor}
            aria-controls="cron-editor"
            onClick={() => setEditorOpen(!showEditor)}
          >
            {showEditor ? 'Hide cron expression' : 'Edit cron expression'}
          </Button>
        )}
      </div>
      {schedule === null && form.errors['schedule.expression'] !== undefined && (
        <FormError text={form.errors['schedule.expression']} />
      )}
      {showEditor && (
        <CronEditor
          schedule={schedule}
          errors={refused ? { [reading.field]: reading.reason, ...form.errors } : form.errors}
          onExpression={(expression) => change(typedSchedule(expression, schedule, new Date()))}
          onTimeZone={(timeZone) => change({ ...schedule, timeZone })}
          expressionRef={expressionRef}
          timeZoneRef={timeZoneRef}
        />
      )}
      <IntervalModal
        opened={dialogOpen}
        schedule={schedule}
        onClose={() => setDialogOpen(false)}
        onUse={(next) => {
          change(next);
          setDialogOpen(false);
        }}
      />
    </>
  );
}

function shorten(expression: string): string {
  return expression.length > 60 ? `${expression.slice(0, 60)}…` : expression;
}
