import type { SecretState } from '@gatehouse/contracts/connector';
import { oktaConnectorField } from '@gatehouse/contracts/okta-connector';
import { TextInput } from '@mantine/core';
import type { FormEvent, RefObject } from 'react';
import { DomainField } from '../../components/forms/domain-field.tsx';
import classes from './connection.module.css';
import type { FieldErrors } from './connector-form.ts';
import { TokenField } from './token-field.tsx';

type Values = { name: string; domain: string; apiToken: string | null };

type ConnectionFieldsProps = {
  values: Values;
  errors: FieldErrors;
  onChange: (patch: Partial<Values>) => void;
  onDomainChecked: (error: string | undefined) => void;
  storedToken: SecretState | null;
  lostWith?: { from: string; to: string } | undefined;
  /** Enter in a field. */
  onSubmit: () => void;
  refs?: {
    name: RefObject<HTMLInputElement | null>;
    domain: RefObject<HTMLInputElement | null>;
    apiToken: RefObject<HTMLDivElement | null>;
  };
};

/** Name, Okta domain and API token, for a new connector and for one that exists. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { values, errors, onChange, onDomainChecked, storedToken, lostWith, onSubmit, refs } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <div className={classes.pair}>
        <TextInput
          {...(refs ? { ref: refs.name } : {})}
          label={oktaConnectorField('name').label}
          value={values.name}
          error={errors.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          autoComplete="off"
        />
        <DomainField
          value={values.domain}
          error={errors.domain}
          onChange={(domain) => onChange({ domain })}
          onChecked={onDomainChecked}
          {...(refs ? { inputRef: refs.domain } : {})}
        />
      </div>
      <TokenField
        stored={storedToken}
        value={values.apiToken}
        error={errors.apiToken}
        onChange={(apiToken) => onChange({ apiToken })}
        lostWith={lostWith}
        {...(refs ? { boxRef: refs.apiToken } : {})}
      />
      <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
    </form>
  );
}
