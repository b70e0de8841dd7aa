import { TextInput } from '@mantine/core';
import type { IdpForm } from './use-idp-form.ts';

/** The unique name of an IdP. */
export function NameField({ form }: { form: IdpForm }) {
  return (
    <TextInput
      label="Unique name"
      value={form.values.name}
      error={form.errors.name}
      onChange={(event) => form.edit({ name: event.currentTarget.value })}
      autoComplete="off"
      maxLength={120}
    />
  );
}
