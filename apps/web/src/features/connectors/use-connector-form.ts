import type { Connector } from '@gatehouse/contracts/connector';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { fetchConnector, useChangeConnector, useTestConnection } from './api.ts';
import { checkConnection } from './check-connection.ts';
import type { ConnectorEditor } from './connector-editor-context.ts';
import {
  connectorFormReducer,
  type ErrorField,
  type FieldErrors,
  startForm,
  unsavedFields,
} from './connector-form.ts';
import { bodyOf } from './connector-values.ts';
import { connectorErrors, firstErrorField, tabOfField } from './server-field-errors.ts';

export type SaveAction = 'save' | 'save-and-return' | 'save-and-test';

/** The form of a connector over its tabs, and what its save bar does. */
export function useConnectorForm(connector: Connector, openTab: string) {
  const [form, dispatch] = useReducer(connectorFormReducer, connector, startForm);
  const [busy, setBusy] = useState<SaveAction | null>(null);
  const [notices, setNotices] = useState<Connector['notices']>([]);
  const [wantedField, setWantedField] = useState<ErrorField | null>(null);
  const running = useRef(false);
  const navigate = useNavigate();
  const announce = useAnnounce();
  const change = useChangeConnector(connector.id);
  const test = useTestConnection();
  const params = useMemo(() => ({ connectorId: connector.id }), [connector.id]);

  // While a save is on its way, its own version may arrive before its answer.
  useEffect(() => {
    if (busy === null) dispatch({ type: 'arrived', connector });
  }, [connector, busy]);

  const goToField = useCallback(
    (field: ErrorField) => {
      setWantedField(field);
      void navigate({ to: `/connectors/$connectorId/${tabOfField(field)}`, params });
    },
    [navigate, params],
  );

  function refuse(errors: FieldErrors, formError: string | undefined): false {
    dispatch({ type: 'refused', errors, formError });
    const first = firstErrorField(errors, openTab);
    if (first !== undefined) goToField(first);
    return false;
  }

  /** @returns whether what the form says is now what is saved */
  async function save(): Promise<boolean> {
    const { values, errors } = form;
    const found: FieldErrors = { ...scheduleErrors(errors), ...checkConnection(values) };
    if (Object.keys(found).length > 0) return refuse(found, undefined);
    if (unsavedFields(form).length === 0) {
      announce('Nothing to save');
      return true;
    }
    try {
      const saved = await change.mutateAsync({
        expectedVersion: form.version,
        expectedName: form.saved.name,
        ...bodyOf(values),
      });
      dispatch({ type: 'saved', connector: saved, sent: values });
      setNotices(saved.notices);
      announce('Saved');
      return true;
    } catch (error) {
      if (isApiError(error, 'version-conflict')) await showTheirs();
      const refusal = connectorErrors(error);
      return refuse(refusal.errors, refusal.formError);
    }
  }

  async function showTheirs(): Promise<void> {
    try {
      dispatch({ type: 'arrived', connector: await fetchConnector(connector.id) });
    } catch {
      // The refusal itself is shown; the newer version comes with the next live update.
    }
  }

  async function startTest(): Promise<void> {
    try {
      await test.mutateAsync(connector.id);
    } catch (error) {
      const { formError } = connectorErrors(error);
      dispatch({ type: 'refused', errors: {}, formError: `The test did not start. ${formError ?? ''}` });
    }
  }

  /** One at a time: a second click while one runs does nothing. */
  async function alone(action: SaveAction, work: () => Promise<boolean>): Promise<boolean> {
    if (running.current) return false;
    running.current = true;
    setBusy(action);
    try {
      return await work();
    } finally {
      running.current = false;
      setBusy(null);
    }
  }

  async function saveAnd(action: SaveAction): Promise<boolean> {
    if (!(await save())) return false;
    if (action === 'save-and-return') await navigate({ to: '/connectors', ignoreBlocker: true });
    if (action !== 'save-and-test') return true;
    await navigate({ to: '/connectors/$connectorId/connection', params });
    await startTest();
    return true;
  }

  /** @returns whether everything is saved now */
  const run = (action: SaveAction) => alone(action, () => saveAnd(action));

  const focusTaken = useCallback(() => setWantedField(null), []);
  const editor: ConnectorEditor = {
    connector,
    form,
    dispatch,
    edit: (patch) => dispatch({ type: 'edited', patch }),
    goToField,
    wantedField,
    focusTaken,
    saveAndTest: () => void run('save-and-test'),
    testAgain: () => void startTest(),
    testing: test.isPending,
  };
  return { editor, busy, run, notices, clearNotices: () => setNotices([]) };
}

/** Those of the schedule are found while it is typed. */
function scheduleErrors(errors: FieldErrors): FieldErrors {
  const found = Object.entries(errors).filter(([field]) => field.startsWith('schedule.'));
  return Object.fromEntries(found);
}
