import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { DomainField } from '../../components/forms/domain-field.tsx';
import { FormError } from '../../components/forms/form-error.tsx';
import { SecretField } from '../../components/forms/secret-field.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import type { IdpForm } from './use-idp-form.ts';
import type { MetadataImporter } from './use-import.ts';
import classes from './wizard.module.css';

type CredentialsFieldsProps = { form: IdpForm; metadata: MetadataImporter };

/** What an IdP is reached by, in the wizard and on its page. */
export function CredentialsFields({ form, metadata }: CredentialsFieldsProps) {
  const { values, errors, idp } = form;
  const { settings } = values;
  const isOkta = settings.preset === 'okta';
  const { set, updatedAt, updatedBy, usedAt } = idp.clientSecret;
  return (
    <form
      className={classes.fields}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        metadata.run();
      }}
    >
      <div className={classes.pair}>
        <TextInput
          ref={metadata.fieldRef('clientId')}
          label="Client ID"
          value={settings.clientId}
          error={errors.clientId}
          onChange={(event) => form.editSettings({ clientId: event.currentTarget.value })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div ref={metadata.fieldRef('clientSecret')}>
          <SecretField
            label="Client secret"
            setAt={set ? updatedAt : null}
            setBy={updatedBy}
            usedAt={usedAt}
            value={values.clientSecret}
            onChange={(clientSecret) => form.edit({ clientSecret })}
            error={errors.clientSecret}
            compact
          />
        </div>
      </div>
      <div className={classes.pair}>
        {isOkta ? (
          <div ref={metadata.fieldRef('domain')}>
            <DomainField
              value={settings.domain}
              error={errors.domain}
              onChange={(domain) => form.editSettings({ domain })}
              onChecked={(error) => form.setError('domain', error)}
              keepsAuthorizationServer
            />
          </div>
        ) : (
          <TextInput
            ref={metadata.fieldRef('issuer')}
            label="Issuer"
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            description="As in https://login.acme.example. A pasted metadata address is understood."
            value={settings.issuer ?? ''}
            error={errors.issuer}
            onChange={(event) => form.editSettings({ issuer: event.currentTarget.value || null })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            inputMode="url"
          />
        )}
        <div className={classes.importButton}>
          <Button
            type="submit"
            fullWidth
            aria-disabled={metadata.isRunning || undefined}
            leftSection={
              metadata.isRunning ? (
                <Glyph state="running" label="" />
              ) : (
                <IconDownload size={15} stroke={1.8} aria-hidden="true" />
              )
            }
          >
            {metadata.isRunning ? 'Importing metadata…' : 'Import Metadata'}
          </Button>
        </div>
      </div>
      <FormError text={metadata.problem} />
      <AdvancedFields form={form} metadata={metadata} />
    </form>
  );
}
