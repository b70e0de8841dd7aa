import { SettingsSection } from '../../components/ui/page.tsx';
import { useIsAdmin } from '../../lib/session.ts';
import { OwnPassword } from './own-password.tsx';
import { OwnSessions } from './own-sessions.tsx';
import { People } from './people.tsx';

/** `/settings/accounts`: who may use Gatehouse, and one's own account. */
export function AccountsTab() {
  const isAdmin = useIsAdmin();
  return (
    <>
      {isAdmin && (
        <SettingsSection
          title="People and roles"
          text="These accounts live in Gatehouse only; no sync touches them. Administrators change everything, support staff read."
        >
          <People />
        </SettingsSection>
      )}
      <SettingsSection
        title="Your sessions"
        text="A session ends after 30 minutes without use, and 8 hours after you signed in."
      >
        <OwnSessions />
      </SettingsSection>
      <SettingsSection title="Your password" text="A new password ends every other session of yours.">
        <OwnPassword />
      </SettingsSection>
    </>
  );
}
