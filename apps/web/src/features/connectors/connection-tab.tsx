import { KeyValueList } from '../../components/ui/key-value-list.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { useIsAdmin } from '../../lib/session.ts';
import classes from './connection.module.css';
import { ConnectionFields } from './connection-fields.tsx';
import { ConnectionTestPanel } from './connection-test-panel.tsx';
import { useConnectorEditor, useFieldFocus } from './connector-editor-context.ts';
import { cleanDomain, losesToken } from './connector-values.ts';
import { RemoveConnector } from './remove-connector.tsx';
import { TokenInstructions } from './token-instructions.tsx';

/** Name, Okta domain, API token and the connection test. */
export function ConnectionTab() {
  const isAdmin = useIsAdmin();
  const { form } = useConnectorEditor();
  if (!isAdmin) {
    return (
      <div className={classes.form}>
        <ConnectionFacts />
        <ConnectionTestPanel />
      </div>
    );
  }
  return (
    <div className={classes.layout}>
      <div className={classes.form}>
        <ConnectionForm />
        <ConnectionTestPanel />
        <RemoveConnector />
      </div>
      <TokenInstructions domain={form.values.domain} />
    </div>
  );
}

function ConnectionForm() {
  const { connector, form, dispatch, edit, saveAndTest } = useConnectorEditor();
  const refs = {
    name: useFieldFocus<HTMLInputElement>('name'),
    domain: useFieldFocus<HTMLInputElement>('domain'),
    apiToken: useFieldFocus<HTMLDivElement>('apiToken'),
  };
  const loses = losesToken(form.saved, form.values, connector.apiToken.set);
  return (
    <ConnectionFields
      values={form.values}
      errors={form.errors}
      onChange={edit}
      onDomainChecked={(error) => dispatch({ type: 'checked', field: 'domain', error })}
      storedToken={connector.apiToken}
      lostWith={loses ? { from: form.saved.domain, to: cleanDomain(form.values.domain) } : undefined}
      onSubmit={saveAndTest}
      refs={refs}
    />
  );
}

/** What support staff see: no fields, no token. */
function ConnectionFacts() {
  const { connector } = useConnectorEditor();
  const { set, updatedAt, usedAt } = connector.apiToken;
  return (
    <Panel title="Connection">
      <KeyValueList
        items={[
          { key: 'Name', value: <TextWithHiddenCharacters text={connector.name} /> },
          { key: 'Okta domain', value: connector.settings.domain },
          {
            key: 'API token',
            value:
              set && updatedAt !== null ? (
                <>
                  Set <RelativeTime instant={updatedAt} />
                </>
              ) : (
                'Not set'
              ),
          },
          {
            key: 'Token last used',
            value: usedAt === null ? 'Never' : <RelativeTime instant={usedAt} show="both" />,
          },
        ]}
      />
    </Panel>
  );
}
