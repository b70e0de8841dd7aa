import type { IdpSettings, MatchBy, UserUpdateMethod } from '@gatehouse/contracts/idp';
import { Button, Checkbox, Radio, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { updateMethodLabels } from '../../lib/update-methods.ts';
import { connectorChoicesQuery, directoryChoicesQuery } from './api.ts';
import { NewConnectorHere } from './new-connector-here.tsx';
import type { IdpForm } from './use-idp-form.ts';
import classes from './wizard.module.css';

const methods: readonly { value: UserUpdateMethod; description: string }[] = [
  {
    value: 'usersync',
    description:
      'Each login reads the person and their groups from Okta by the connector, and writes what changed. Recommended.',
  },
  {
    value: 'usersync-and-claims',
    description: 'As above, then fills from the ID token what UserSync leaves empty.',
  },
  {
    value: 'claims',
    description: 'User name, e-mail and names from the ID token. Groups are not changed.',
  },
  { value: 'none', description: 'Logs in who is there already, and writes nothing.' },
];

const matches: readonly { value: MatchBy; label: string; description: string }[] = [
  {
    value: 'none',
    label: 'Only by the same id',
    description: 'The id that UserSync read is the one that the login brings. Nothing else links a person.',
  },
  {
    value: 'email',
    label: 'Also by verified e-mail',
    description: 'Once, at the first login, and only if the provider says that the address is verified.',
  },
  {
    value: 'username',
    label: 'Also by user name',
    description:
      'Once, at the first login, and only if the provider says that the e-mail address is verified.',
  },
];

/** The User Update Method with what it needs, in the wizard and on the IdP’s page. */
export function UserUpdateFields({ form }: { form: IdpForm }) {
  const { values, errors, editSettings } = form;
  const { settings } = values;
  const method = settings.updateMethod;
  const withSync = method.startsWith('usersync');
  return (
    <div className={classes.fields}>
      <Radio.Group
        label="User Update Method"
        value={method}
        error={errors.updateMethod}
        onChange={(value) => editSettings(withMethod(value as UserUpdateMethod))}
      >
        <div className={classes.choices}>
          {methods.map(({ value, description }) => (
            <Radio key={value} value={value} label={updateMethodLabels[value]} description={description} />
          ))}
        </div>
      </Radio.Group>
      {withSync ? <ConnectorChoice form={form} /> : <DirectoryChoice form={form} />}
      {method.endsWith('claims') && (
        <Checkbox
          label="Create users who are not there yet"
          description="Else somebody without a user in the directory is turned away with a page that says so."
          checked={settings.createUsers}
          onChange={(event) => editSettings({ createUsers: event.currentTarget.checked })}
        />
      )}
      <Radio.Group
        label="How a person is found"
        value={settings.matchBy}
        error={errors.matchBy}
        onChange={(value) => editSettings({ matchBy: value as MatchBy })}
      >
        <div className={classes.choices}>
          {matches.map(({ value, label, description }) => (
            <Radio key={value} value={value} label={label} description={description} />
          ))}
        </div>
      </Radio.Group>
    </div>
  );
}

/** A method without a connector has a directory of its own, and the other way round. */
function withMethod(updateMethod: UserUpdateMethod): Partial<IdpSettings> {
  if (updateMethod.startsWith('usersync')) return { updateMethod, directoryId: null };
  return { updateMethod, connectorId: null };
}

function ConnectorChoice({ form }: { form: IdpForm }) {
  const { values, errors, editSettings } = form;
  const [isCreating, setCreating] = useState(false);
  const query = useQuery(connectorChoicesQuery);
  if (query.isError) {
    return (
      <ErrorPanel
        title="The connectors could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const connectors = query.data?.items ?? [];
  const chosen = connectors.find(({ id }) => id === values.settings.connectorId);
  return (
    <div className={classes.choiceBox}>
      <div className={classes.pair}>
        <Select
          label="Connector"
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          placeholder={connectors.length === 0 ? 'There is none yet' : 'Choose the connector'}
          description={chosen ? `It writes to the directory “${chosen.directory.name}”.` : undefined}
          value={values.settings.connectorId}
          error={errors.connectorId}
          disabled={query.isPending || connectors.length === 0}
          onChange={(connectorId) => editSettings({ connectorId })}
          data={connectors.map(({ id, name }) => ({ value: id, label: name }))}
          allowDeselect={false}
        />
        <div className={classes.importButton}>
          {!isCreating && <Button onClick={() => setCreating(true)}>Create a connector here</Button>}
        </div>
      </div>
      {isCreating && (
        <NewConnectorHere
          domain={values.settings.domain}
          onCancel={() => setCreating(false)}
          onCreated={(connectorId) => {
            setCreating(false);
            editSettings({ connectorId });
          }}
        />
      )}
    </div>
  );
}

function DirectoryChoice({ form }: { form: IdpForm }) {
  const { values, errors, editSettings } = form;
  const query = useQuery(directoryChoicesQuery);
  const directories = query.data?.items ?? [];
  return (
    <Select
      label="Directory"
      description={
        directories.length === 0
          ? values.settings.createUsers
            ? 'There is none yet: saving makes one, with the name of this IdP.'
            : 'There is none yet: the first connector makes one. Until then nobody can log in with this method.'
          : 'Where the people are looked up.'
      }
      placeholder="Choose the directory"
      value={values.settings.directoryId}
      error={errors.directoryId}
      disabled={query.isPending || directories.length === 0}
      onChange={(directoryId) => editSettings({ directoryId })}
      data={directories.map(({ id, name }) => ({ value: id, label: name }))}
      allowDeselect={false}
    />
  );
}
