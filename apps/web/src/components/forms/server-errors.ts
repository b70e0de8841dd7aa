import { isApiError } from '../../lib/api-error.ts';

export type ServerErrors = {
  /** Sentence by field path. */
  fields: Record<string, string>;
  /** What belongs to no field of this form, to stand above the buttons. */
  form: string | undefined;
};

/**
 * Splits an API error into what stands under the fields and what stands in the form.
 * @param knownFields the fields that this form shows; a problem of any other one is said in the form.
 * @param fieldOfCode for codes whose field the server does not name.
 */
export function splitServerErrors(
  error: unknown,
  knownFields: readonly string[],
  fieldOfCode: Readonly<Record<string, string>> = {},
): ServerErrors {
  if (!isApiError(error)) return { fields: {}, form: error instanceof Error ? error.message : String(error) };
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, detail } of error.fields) {
    if (knownFields.includes(field)) fields[field] = detail;
    else rest.push(detail);
  }
  const codeField = fieldOfCode[error.code];
  if (error.fields.length === 0 && codeField !== undefined) fields[codeField] = error.message;
  if (Object.keys(fields).length > 0 && rest.length === 0) return { fields, form: undefined };
  return { fields, form: rest.length > 0 ? rest.join(' ') : error.message };
}
