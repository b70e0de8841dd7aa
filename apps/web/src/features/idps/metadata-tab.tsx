import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { FormError } from '../../components/forms/form-error.tsx';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { SaveBar } from '../../components/ui/save-bar.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { CredentialsFields } from './credentials-fields.tsx';
import { FormNotices } from './form-notices.tsx';
import { useIdp } from './idp-context.ts';
import { isIdpField } from './idp-values.ts';
import classes from './idps.module.css';
import { ImportPanel } from './import-panel.tsx';
import { NameField } from './name-field.tsx';
import { useIdpForm } from './use-idp-form.ts';
import { useImport } from './use-import.ts';

/** Credentials and *Import Metadata* of an IdP that is there. */
export function MetadataTab() {
  const idp = useIdp();
  const form = useIdpForm(idp);
  const metadata = useImport(form);
  const { field } = useSearch({ from: '/app/idps/$idpId/metadata' });
  const hasGone = useRef(false);

  // A tracker leads to the field that fixes it.
  useEffect(() => {
    if (hasGone.current || field === undefined || !isIdpField(field)) return;
    hasGone.current = true;
    metadata.goToField(field);
  }, [field, metadata]);

  return (
    <>
      <div className={classes.tab}>
        <FormError text={form.formError} />
        <FormNotices notices={form.notices} />
        <NameField form={form} />
        <CredentialsFields form={form} metadata={metadata} />
        <ImportPanel idp={idp} metadata={metadata} />
        <CopyField
          label="Callback URL"
          value={idp.callbackUrl}
          hint="Registered in Okta under Sign-in redirect URIs, letter by letter."
        />
      </div>
      <SaveBar
        changes={form.changes}
        savedText={`Saved ${formatDateTime(idp.changedAt)} by ${idp.changedBy}`}
        primary="save"
        busy={form.isSaving ? 'save' : null}
        onSave={() => void form.save()}
        onDiscard={form.discard}
      />
      <BlockedNavigation changes={form.changes} />
    </>
  );
}
