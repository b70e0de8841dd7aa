import type { Connector } from '@gatehouse/contracts/connector';
import {
  type ConnectorField,
  type ConnectorValues,
  changedFields,
  takeFields,
  valuesOf,
} from './connector-values.ts';

/** Where a sentence about a value stands. */
export type ErrorField = 'name' | 'domain' | 'apiToken' | 'schedule.expression' | 'schedule.timeZone';

export type FieldErrors = Partial<Record<ErrorField, string>>;

/** The form of one connector over all its tabs. */
export type ConnectorForm = {
  /** What is saved, as far as this form knows, and its version. */
  version: number;
  saved: ConnectorValues;
  values: ConnectorValues;
  errors: FieldErrors;
  /** What belongs to no field. */
  formError: string | undefined;
  /** A newer version that somebody saved while this form had unsaved changes. */
  theirs: Connector | null;
  /** Own changes that were put aside for theirs; they can be brought back. */
  setAside: ConnectorValues | null;
};

export type ConnectorFormAction =
  | { type: 'edited'; patch: Partial<ConnectorValues> }
  /** A check in the browser found something, or found nothing any more. */
  | { type: 'checked'; field: ErrorField; error: string | undefined }
  | { type: 'saved'; connector: Connector; sent: ConnectorValues }
  | { type: 'refused'; errors: FieldErrors; formError: string | undefined }
  /** The server told a state of the connector, by a fetch or a live update. */
  | { type: 'arrived'; connector: Connector }
  | { type: 'theirs-loaded' }
  | { type: 'mine-kept' }
  | { type: 'mine-brought-back' }
  | { type: 'mine-forgotten' }
  | { type: 'discarded' };

export function startForm(connector: Connector): ConnectorForm {
  const saved = valuesOf(connector);
  return {
    version: connector.settingsVersion,
    saved,
    values: saved,
    errors: {},
    formError: undefined,
    theirs: null,
    setAside: null,
  };
}

/**
 * Every step of the form. No step loses what was typed: a save keeps what was typed while it was on its way, and
 * a version of somebody else never replaces unsaved changes by itself.
 */
export function connectorFormReducer(form: ConnectorForm, action: ConnectorFormAction): ConnectorForm {
  switch (action.type) {
    case 'edited':
      return {
        ...form,
        values: { ...form.values, ...action.patch },
        errors: withoutErrors(form.errors, Object.keys(action.patch) as ConnectorField[]),
        formError: undefined,
      };
    case 'checked':
      return { ...form, errors: withError(form.errors, action.field, action.error) };
    case 'saved':
      return afterSave(form, action.connector, action.sent);
    case 'refused':
      return { ...form, errors: { ...form.errors, ...action.errors }, formError: action.formError };
    case 'arrived':
      return afterArrival(form, action.connector);
    case 'theirs-loaded':
      return form.theirs === null ? form : { ...startForm(form.theirs), setAside: form.values };
    case 'mine-kept':
      return form.theirs === null ? form : rebase(form, form.theirs);
    case 'mine-brought-back':
      return form.setAside === null ? form : { ...form, values: form.setAside, setAside: null };
    case 'mine-forgotten':
      return { ...form, setAside: null };
    case 'discarded':
      return { ...form, values: form.saved, errors: {}, formError: undefined, setAside: null };
  }
}

export function unsavedFields(form: ConnectorForm): ConnectorField[] {
  return changedFields(form.saved, form.values);
}

/** What both changed, and what each of them says. */
export function conflictingFields(form: ConnectorForm): ConnectorField[] {
  if (form.theirs === null) return [];
  const theirs = new Set(changedFields(form.saved, valuesOf(form.theirs)));
  return unsavedFields(form).filter((field) => theirs.has(field));
}

function afterSave(form: ConnectorForm, connector: Connector, sent: ConnectorValues): ConnectorForm {
  const next = startForm(connector);
  const typedMeanwhile = changedFields(sent, form.values);
  return { ...next, values: takeFields(next.saved, form.values, typedMeanwhile) };
}

function afterArrival(form: ConnectorForm, connector: Connector): ConnectorForm {
  const known = form.theirs ?? { settingsVersion: form.version, name: form.saved.name };
  const isRenamed = connector.settingsVersion === known.settingsVersion && connector.name !== known.name;
  if (connector.settingsVersion <= known.settingsVersion && !isRenamed) return form;
  if (unsavedFields(form).length === 0) return { ...startForm(connector), setAside: form.setAside };
  return { ...form, theirs: connector };
}

/** Own changes on top of theirs: saving again then overwrites only what was changed here. */
function rebase(form: ConnectorForm, theirs: Connector): ConnectorForm {
  const next = startForm(theirs);
  return {
    ...next,
    values: takeFields(next.saved, form.values, unsavedFields(form)),
    errors: form.errors,
  };
}

const ERROR_FIELDS: Record<ConnectorField, readonly ErrorField[]> = {
  name: ['name'],
  domain: ['domain'],
  apiToken: ['apiToken'],
  scheduleEnabled: ['schedule.expression'],
  schedule: ['schedule.expression', 'schedule.timeZone'],
};

function withoutErrors(errors: FieldErrors, fields: readonly ConnectorField[]): FieldErrors {
  const gone = new Set(fields.flatMap((field) => ERROR_FIELDS[field]));
  const kept = Object.entries(errors).filter(([field]) => !gone.has(field as ErrorField));
  return Object.fromEntries(kept);
}

function withError(errors: FieldErrors, field: ErrorField, error: string | undefined): FieldErrors {
  const { [field]: _before, ...rest } = errors;
  return error === undefined ? rest : { ...rest, [field]: error };
}
