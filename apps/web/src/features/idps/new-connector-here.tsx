import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DomainField } from '../../components/forms/domain-field.tsx';
import { FormError } from '../../components/forms/form-error.tsx';
import { SecretField } from '../../components/forms/secret-field.tsx';
import { splitServerErrors } from '../../components/forms/server-errors.ts';
import { useCreateConnectorHere } from './api.ts';
import classes from './wizard.module.css';

type NewConnectorHereProps = {
  domain: string;
  onCancel: () => void;
  onCreated: (connectorId: string) => void;
};

const fields = ['name', 'settings.domain', 'apiToken'];

/** A connector without leaving the wizard; its schedule and first sync wait under User Sync. */
export function NewConnectorHere({ domain: known, onCancel, onCreated }: NewConnectorHereProps) {
  const [name, setName] = useState('');
  const [domain, setDomain] = useState(known);
  const [apiToken, setApiToken] = useState<string | null>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [formError, setFormError] = useState<string | undefined>();
  const create = useCreateConnectorHere();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFormError(undefined);
    const token = apiToken?.trim();
    if (!token)
      return setErrors({
        apiToken: 'Paste the API token. Okta shows it once, under Security → API → Tokens.',
      });
    create.mutate(
      {
        kind: 'okta',
        name,
        settings: { domain, schedule: { enabled: false, value: null } },
        apiToken: token,
      },
      {
        onSuccess: ({ id }) => onCreated(id),
        onError: (error) => {
          const split = splitServerErrors(error, fields, {
            'name-taken': 'name',
            'domain-refused': 'settings.domain',
          });
          setErrors(split.fields);
          setFormError(split.form);
        },
      },
    );
  };
  return (
    <form className={classes.here} onSubmit={submit} noValidate aria-label="New connector">
      <FormError text={formError} />
      <div className={classes.pair}>
        <TextInput
          label="Name"
          value={name}
          error={errors.name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
        />
        <DomainField
          value={domain}
          error={errors['settings.domain']}
          onChange={setDomain}
          onChecked={(error) =>
            setErrors((before) => (error === undefined ? before : { ...before, 'settings.domain': error }))
          }
        />
      </div>
      <SecretField
        label="API token"
        description="Made in Okta under Security → API → Tokens. A read-only administrator’s is enough."
        setAt={null}
        value={apiToken}
        onChange={setApiToken}
        error={errors.apiToken}
      />
      <div className={classes.hereButtons}>
        <Button type="submit" loading={create.isPending}>
          Create connector
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
