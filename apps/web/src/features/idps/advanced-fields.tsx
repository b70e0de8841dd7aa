import { clientAuthentications, type IdpSettings, signingAlgorithms } from '@gatehouse/contracts/idp';
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { IdpForm } from './use-idp-form.ts';
import type { MetadataImporter } from './use-import.ts';
import classes from './wizard.module.css';

/** What most installations leave as it is. */
export function AdvancedFields({ form, metadata }: { form: IdpForm; metadata: MetadataImporter }) {
  const { values, errors, editSettings } = form;
  const { settings } = values;
  const [scopes, setScopes] = useState(settings.scopes.join(' '));
  const hasError = [errors.issuer, errors.scopes, errors.signingAlgorithm, errors.clientAuthentication].some(
    Boolean,
  );
  const setScopeText = (text: string) => {
    setScopes(text);
    editSettings({
      scopes: [...new Set(text.split(/[\s,]+/).filter((scope) => scope !== '' && scope !== 'openid'))],
    });
  };
  return (
    <details className={classes.advanced} open={hasError || isUnusual(settings) || undefined}>
      <summary>
        {settings.preset === 'okta'
          ? 'Advanced: custom authorization server, scopes, signature'
          : 'Advanced: scopes, client authentication, signature'}
      </summary>
      <div className={classes.fields}>
        {settings.preset === 'okta' && (
          <TextInput
            ref={metadata.fieldRef('issuer')}
            label="Issuer of a custom authorization server"
            description="Leave it empty for the org’s own server. Else its full issuer, as in https://acme.okta.com/oauth2/default."
            value={settings.issuer ?? ''}
            error={errors.issuer}
            onChange={(event) => editSettings({ issuer: event.currentTarget.value || null })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            inputMode="url"
          />
        )}
        <TextInput
          ref={metadata.fieldRef('scopes')}
          label="Scopes besides openid"
          description="Separated by spaces. groups is not needed: groups come by UserSync."
          value={scopes}
          error={errors.scopes}
          onChange={(event) => setScopeText(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <div className={classes.pair}>
          <Select
            ref={metadata.fieldRef('clientAuthentication')}
            label="Client authentication"
            value={settings.clientAuthentication ?? 'auto'}
            error={errors.clientAuthentication}
            onChange={(value) =>
              editSettings({
                clientAuthentication: clientAuthentications.find((one) => one === value) ?? null,
              })
            }
            data={[
              { value: 'auto', label: 'As the metadata says' },
              ...clientAuthentications.map((value) => ({ value, label: value })),
            ]}
            allowDeselect={false}
          />
          <Select
            ref={metadata.fieldRef('signingAlgorithm')}
            label="Signing algorithm"
            value={settings.signingAlgorithm}
            error={errors.signingAlgorithm}
            onChange={(value) =>
              editSettings({ signingAlgorithm: signingAlgorithms.find((one) => one === value) ?? 'RS256' })
            }
            data={[...signingAlgorithms]}
            allowDeselect={false}
          />
        </div>
        <NumberInput
          label="Oldest accepted ID token"
          description="Seconds since it was issued, 60 to 3,600. Raise it only if this server’s clock cannot be set right."
          value={settings.maximumTokenAgeSeconds}
          error={errors.maximumTokenAgeSeconds}
          onChange={(value) => editSettings({ maximumTokenAgeSeconds: Number(value) || 0 })}
          min={60}
          max={3600}
          allowDecimal={false}
          clampBehavior="blur"
          hideControls
        />
      </div>
    </details>
  );
}

/** Opened by itself where something in it was chosen. */
function isUnusual({ preset, issuer, clientAuthentication, signingAlgorithm }: IdpSettings): boolean {
  return (
    (preset === 'okta' && issuer !== null) || clientAuthentication !== null || signingAlgorithm !== 'RS256'
  );
}
