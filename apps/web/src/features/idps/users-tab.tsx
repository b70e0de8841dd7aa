import { FormError } from '../../components/forms/form-error.tsx';
import { BlockedNavigation } from '../../components/ui/blocked-navigation.tsx';
import { SectionTitle } from '../../components/ui/page.tsx';
import { SaveBar } from '../../components/ui/save-bar.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { FormNotices } from './form-notices.tsx';
import { useIdp } from './idp-context.ts';
import classes from './idps.module.css';
import { useIdpForm } from './use-idp-form.ts';
import { UserUpdateFields } from './user-update-fields.tsx';

/** User Creation and Update of an IdP that is there. */
export function UsersTab() {
  const idp = useIdp();
  const form = useIdpForm(idp);
  return (
    <>
      <div className={classes.tab}>
        <SectionTitle>User Creation and Update</SectionTitle>
        <FormError text={form.formError} />
        <FormNotices notices={form.notices} />
        <UserUpdateFields form={form} />
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
