import { parseOktaDomain } from '@gatehouse/contracts/okta-domain';
import { nameSchema } from '@gatehouse/contracts/primitives';
import type { FieldErrors } from './connector-form.ts';

/** What the browser can say about the Connection tab without the server: the same rules, at once. */
export function checkConnection(values: { name: string; domain: string }): FieldErrors {
  const errors: FieldErrors = {};
  const name = nameSchema.safeParse(values.name);
  if (!name.success) errors.name = name.error.issues[0]?.message ?? 'Enter a name.';
  const domain = parseOktaDomain(values.domain);
  if (!domain.ok) errors.domain = domain.detail;
  return errors;
}
