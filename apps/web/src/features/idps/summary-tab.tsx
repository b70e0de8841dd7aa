import { Link } from '@tanstack/react-router';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { Callout } from '../../components/ui/callout.tsx';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { KeyValueList } from '../../components/ui/key-value-list.tsx';
import { Mono } from '../../components/ui/mono.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { updateMethodLabels } from '../../lib/update-methods.ts';
import { useIdp } from './idp-context.ts';
import { IdpSwitches } from './idp-switches.tsx';
import classes from './idps.module.css';

/** What this IdP is, whether it was tested, and who depends on it. */
export function SummaryTab() {
  const idp = useIdp();
  const { settings, metadata, connector, directory, applications, testedAt, state } = idp;
  return (
    <div className={classes.stack}>
      {state === 'enabled' && testedAt === null && (
        <Callout
          kind="warning"
          title="No test login has passed with these settings."
          actions={
            <ButtonLink to="/idps/$idpId/logins" params={{ idpId: idp.id }} variant="filled">
              Start a test login
            </ButtonLink>
          }
        >
          Redirection stays locked until one has.
        </Callout>
      )}
      <div className={classes.summary}>
        <Panel title="Identity provider">
          <KeyValueList
            items={[
              { key: 'Protocol', value: 'OpenID Connect' },
              {
                key: 'Issuer',
                value: metadata === null ? 'not imported yet' : <Mono>{metadata.issuer}</Mono>,
              },
              { key: 'Client ID', value: <Mono>{settings.clientId}</Mono> },
              {
                key: 'Client secret',
                value:
                  idp.clientSecret.set && idp.clientSecret.updatedAt !== null ? (
                    <>
                      Set <RelativeTime instant={idp.clientSecret.updatedAt} />
                    </>
                  ) : (
                    'Not set'
                  ),
              },
              {
                key: 'Metadata',
                value:
                  metadata === null ? (
                    'not imported yet'
                  ) : (
                    <RelativeTime instant={metadata.importedAt} show="both" />
                  ),
              },
              {
                key: 'Test login',
                value:
                  testedAt === null ? 'none has passed' : <RelativeTime instant={testedAt} show="both" />,
              },
              {
                key: 'Changed',
                value: (
                  <>
                    <RelativeTime instant={idp.changedAt} /> by{' '}
                    <TextWithHiddenCharacters text={idp.changedBy} />
                  </>
                ),
              },
            ]}
          />
        </Panel>
        <Panel title="Users">
          <KeyValueList
            items={[
              { key: 'Update', value: updateMethodLabels[settings.updateMethod] },
              {
                key: 'Connector',
                value:
                  connector === null ? (
                    'none'
                  ) : (
                    <Link to="/connectors/$connectorId" params={{ connectorId: connector.id }}>
                      <TextWithHiddenCharacters text={connector.name} />
                    </Link>
                  ),
              },
              {
                key: 'Directory',
                value:
                  directory === null ? (
                    'none: nobody can log in'
                  ) : (
                    <TextWithHiddenCharacters text={directory.name} />
                  ),
              },
              {
                key: 'Applications',
                value:
                  applications.length === 0 ? (
                    'none'
                  ) : (
                    <TextWithHiddenCharacters
                      text={applications
                        .map(({ name, redirecting }) => `${name}${redirecting ? '' : ' (redirection off)'}`)
                        .join(', ')}
                    />
                  ),
              },
            ]}
          />
        </Panel>
      </div>
      <Panel title="Callback URL">
        <CopyField
          label="Callback URL"
          labelHidden
          value={idp.callbackUrl}
          hint="Registered in Okta under Sign-in redirect URIs, letter by letter."
        />
      </Panel>
      <IdpSwitches idp={idp} />
    </div>
  );
}
