import type { Idp } from '@gatehouse/contracts/idp';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { useRemoveIdp, useSetIdpEnabled } from './api.ts';
import classes from './idps.module.css';

/** In a quiet place: disabling, and removing, which asks for the name. Both say first what follows. */
export function IdpSwitches({ idp }: { idp: Idp }) {
  const [asked, setAsked] = useState<'disable' | 'remove' | null>(null);
  const navigate = useNavigate();
  const enable = useSetIdpEnabled(idp.id);
  const remove = useRemoveIdp(idp.id);
  const close = () => {
    enable.reset();
    remove.reset();
    setAsked(null);
  };
  const { name, state } = idp;
  return (
    <div className={classes.quiet}>
      {state === 'enabled' ? (
        <Button onClick={() => setAsked('disable')}>Disable…</Button>
      ) : (
        <Button loading={enable.isPending} onClick={() => enable.mutate(true)}>
          Enable
        </Button>
      )}
      <Button onClick={() => setAsked('remove')}>Remove IdP…</Button>
      <ConfirmDialog
        opened={asked === 'disable'}
        onClose={close}
        onConfirm={() => enable.mutate(false, { onSuccess: close })}
        title={`Disable ${name}?`}
        confirmText={`Disable ${name}`}
        busy={enable.isPending}
        error={enable.error?.message}
      >
        <p>Nobody can log in with it until it is enabled again, not even in a test.</p>
        <Consequence idp={idp} />
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === 'remove'}
        onClose={close}
        onConfirm={() =>
          remove.mutate(name, { onSuccess: () => void navigate({ to: '/idps', ignoreBlocker: true }) })
        }
        title={`Remove ${name}?`}
        confirmText="Remove IdP"
        busy={remove.isPending}
        destructive
        typed={{ expected: name, label: 'Type the name of the IdP' }}
        error={remove.error?.message}
      >
        <p>
          <strong>Nobody can log in with it any more</strong>, and its client secret is removed for good. No
          user is changed. To only pause it, disable it instead.
        </p>
        <Consequence idp={idp} />
      </ConfirmDialog>
    </div>
  );
}

function Consequence({ idp }: { idp: Idp }) {
  const names = idp.applications.filter(({ redirecting }) => redirecting).map(({ name }) => name);
  if (names.length === 0) return <p>No application redirects to it.</p>;
  return (
    <p>
      <strong>{names.join(', ')}</strong> {names.length === 1 ? 'redirects' : 'redirect'} to it: people there
      are sent to the product’s own login page instead.
    </p>
  );
}
