import { schemaResolver, type UseFormReturnType, useForm } from '@mantine/form';
import { useState } from 'react';
import type { z } from 'zod';
import { splitServerErrors } from './server-errors.ts';

type ZodFormOptions<Values extends Record<string, unknown>> = {
  initialValues: Values;
  /** The contract's schema of the body: the same checks here and on the server. */
  schema: z.ZodType<unknown, Values>;
  /** For error codes whose field the server does not name. */
  fieldOfCode?: Readonly<Record<string, string>>;
};

export type ZodForm<Values extends Record<string, unknown>> = UseFormReturnType<Values> & {
  /** What the server said and no field shows. */
  formError: string | undefined;
  /** Puts a failed answer at its fields; the first one gets the focus. */
  showServerError: (error: unknown) => void;
  clearServerError: () => void;
};

/** A form checked by a schema of the contract, with the server's answers at the fields they belong to. */
export function useZodForm<Values extends Record<string, unknown>>(
  options: ZodFormOptions<Values>,
): ZodForm<Values> {
  const { initialValues, schema, fieldOfCode } = options;
  const [formError, setFormError] = useState<string | undefined>();
  const form = useForm<Values>({
    initialValues,
    validate: schemaResolver(schema, { sync: true }),
    validateInputOnBlur: false,
    clearInputErrorOnChange: true,
    // The library's password field does not say this by itself.
    enhanceGetInputProps: ({ form: current, field }) => ({
      'aria-invalid': current.errors[String(field)] !== undefined || undefined,
    }),
  });

  function showServerError(error: unknown): void {
    const { fields, form: rest } = splitServerErrors(error, Object.keys(initialValues), fieldOfCode);
    setFormError(rest);
    form.setErrors(fields);
    const first = Object.keys(fields)[0];
    if (first !== undefined) form.getInputNode(first)?.focus();
  }

  return { ...form, formError, showServerError, clearServerError: () => setFormError(undefined) };
}
