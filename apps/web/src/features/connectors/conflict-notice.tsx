import type { Connector } from '@gatehouse/contracts/connector';
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { RelativeTime } from '../../components/ui/times.tsx';
import type { ConnectorForm, ConnectorFormAction } from './connector-form.ts';
import { conflictingFields } from './connector-form.ts';
import classes from './connector-page.module.css';
import {
  type ConnectorField,
  type ConnectorValues,
  changedFields,
  labelOf,
  valuesOf,
} from './connector-values.ts';

type ConflictNoticeProps = { form: ConnectorForm; dispatch: (action: ConnectorFormAction) => void };

/** Somebody else saved while this form had unsaved changes: who, what differs, and what becomes of both. */
export function ConflictNotice({ form, dispatch }: ConflictNoticeProps) {
  if (form.theirs !== null) return <Conflict form={form} dispatch={dispatch} theirs={form.theirs} />;
  if (form.setAside === null) return null;
  return (
    <div className={classes.conflict} role="status">
      <p className={classes.conflictTitle}>The saved version is loaded. Your changes are put aside.</p>
      <div className={classes.conflictButtons}>
        <Button size="xs" onClick={() => dispatch({ type: 'mine-brought-back' })}>
          Bring my changes back
        </Button>
        <Button size="xs" variant="subtle" onClick={() => dispatch({ type: 'mine-forgotten' })}>
          Forget them
        </Button>
      </div>
    </div>
  );
}

function Conflict({ form, dispatch, theirs }: ConflictNoticeProps & { theirs: Connector }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const saved = valuesOf(theirs);
  const both = new Set(conflictingFields(form));
  const fields = changedFields(form.saved, saved);
  return (
    <div ref={box} className={classes.conflict} role="alert">
      <div>
        <p className={classes.conflictTitle}>
          {theirs.changedBy} saved this connector <RelativeTime instant={theirs.changedAt} show="both" />.
        </p>
        <p>
          Your changes are not saved and not lost.{' '}
          {both.size === 0
            ? 'They concern other fields, so both can be kept.'
            : `${[...both].map(labelOf).join(', ')}: changed by both.`}
        </p>
      </div>
      {fields.length > 0 && <Differences fields={fields} saved={saved} mine={form.values} both={both} />}
      <div className={classes.conflictButtons}>
        <Button variant="filled" onClick={() => dispatch({ type: 'mine-kept' })}>
          Keep my changes on top
        </Button>
        <Button onClick={() => dispatch({ type: 'theirs-loaded' })}>Load the saved version</Button>
      </div>
    </div>
  );
}

type DifferencesProps = {
  fields: readonly ConnectorField[];
  saved: ConnectorValues;
  mine: ConnectorValues;
  both: ReadonlySet<ConnectorField>;
};

function Differences({ fields, saved, mine, both }: DifferencesProps) {
  return (
    <table className={classes.conflictTable}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Saved now</th>
          <th scope="col">Yours</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{labelOf(field)}</th>
            <td>{shown(field, saved)}</td>
            <td>{both.has(field) ? shown(field, mine) : 'not changed'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shown(field: ConnectorField, values: ConnectorValues): string {
  switch (field) {
    case 'name':
    case 'domain':
      return values[field];
    case 'apiToken':
      return values.apiToken ? 'another token' : 'the stored token';
    case 'scheduleEnabled':
      return values.scheduleEnabled ? 'on' : 'off';
    case 'schedule':
      return values.schedule === null ? 'none' : `${values.schedule.expression}, ${values.schedule.timeZone}`;
  }
}
