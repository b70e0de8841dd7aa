import {
  type ApplicationKind,
  applicationKindLabels,
  applicationKindSchema,
  newApplicationSchema,
} from '@gatehouse/contracts/application';
import { Checkbox, Radio, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { FormError } from '../../components/forms/form-error.tsx';
import { useZodForm } from '../../components/forms/use-zod-form.ts';
import classes from './applications.module.css';

export type ApplicationValues = { name: string; kind: ApplicationKind; baseUrl: string; jsm: boolean };

const examples: Readonly<Record<ApplicationKind, string>> = {
  jira: 'https://jira.acme.example',
  confluence: 'https://wiki.acme.example',
  bitbucket: 'https://git.acme.example',
  bamboo: 'https://ci.acme.example',
};

/** The form of an application, new or there. */
export function useApplicationForm(initialValues: ApplicationValues) {
  return useZodForm({
    initialValues,
    schema: newApplicationSchema,
    fieldOfCode: { 'name-taken': 'name', 'base-url-refused': 'baseUrl' },
  });
}

type ApplicationFieldsProps = {
  form: ReturnType<typeof useApplicationForm>;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  buttons: ReactNode;
};

/** Kind, name, base URL, and whether Jira Service Management runs in it. */
export function ApplicationFields({ form, onSubmit, buttons }: ApplicationFieldsProps) {
  const { kind } = form.values;
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <FormError text={form.formError} />
      <Radio.Group {...form.getInputProps('kind')} label="Kind">
        <div className={classes.kinds}>
          {applicationKindSchema.options.map((option) => (
            <Radio key={option} value={option} label={applicationKindLabels[option]} />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        {...form.getInputProps('name')}
        label="Name"
        description="As people call it. It stands on the pages of a login."
        autoComplete="off"
      />
      <TextInput
        {...form.getInputProps('baseUrl')}
        label="Base URL"
        description={`The address in people’s browsers, with its context path, as in ${examples[kind]}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
      />
      {kind === 'jira' && (
        <Checkbox
          {...form.getInputProps('jsm', { type: 'checkbox' })}
          label="Jira Service Management runs in it"
          description="Its customer portal has a login page of its own, and a second switch under Redirection."
        />
      )}
      {buttons}
    </form>
  );
}
