import { splitServerErrors } from '../../components/forms/server-errors.ts';
import type { ErrorField, FieldErrors } from './connector-form.ts';

/** Paths in the request and the fields on the screens. */
const FIELD_OF_PATH: Readonly<Record<string, ErrorField>> = {
  name: 'name',
  'settings.domain': 'domain',
  apiToken: 'apiToken',
  'settings.schedule': 'schedule.expression',
  'settings.schedule.value': 'schedule.expression',
  'settings.schedule.value.expression': 'schedule.expression',
  'settings.schedule.value.dialect': 'schedule.expression',
  'settings.schedule.value.timeZone': 'schedule.timeZone',
};

const PATH_OF_CODE = {
  'name-taken': 'name',
  'domain-refused': 'settings.domain',
  'secret-missing': 'apiToken',
  'schedule-refused': 'settings.schedule.value.expression',
};

/** What stands at the fields of a connector and what above its save bar, after the server refused it. */
export function connectorErrors(error: unknown): { errors: FieldErrors; formError: string | undefined } {
  const { fields, form } = splitServerErrors(error, Object.keys(FIELD_OF_PATH), PATH_OF_CODE);
  const errors: FieldErrors = {};
  for (const [path, detail] of Object.entries(fields)) {
    const field = FIELD_OF_PATH[path];
    if (field !== undefined) errors[field] = detail;
  }
  return { errors, formError: form };
}

const TAB_OF_FIELD: Record<ErrorField, 'connection' | 'sync-settings'> = {
  name: 'connection',
  domain: 'connection',
  apiToken: 'connection',
  'schedule.expression': 'sync-settings',
  'schedule.timeZone': 'sync-settings',
};

/** The tab that shows a field. */
export function tabOfField(field: ErrorField): 'connection' | 'sync-settings' {
  return TAB_OF_FIELD[field];
}

const ORDER = Object.keys(TAB_OF_FIELD) as ErrorField[];

/** The first field with an error, those of the open tab first. */
export function firstErrorField(errors: FieldErrors, openTab: string): ErrorField | undefined {
  const fields = ORDER.filter((field) => errors[field] !== undefined);
  return fields.find((field) => TAB_OF_FIELD[field] === openTab) ?? fields[0];
}
