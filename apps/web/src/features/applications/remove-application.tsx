import type { Application } from '@gatehouse/contracts/application';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { useRemoveApplication } from './api.ts';

/** In a quiet place: removing asks for the name and says what follows. */
export function RemoveApplication({ application: { id, name } }: { application: Application }) {
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  const remove = useRemoveApplication(id);
  const close = () => {
    remove.reset();
    setOpened(false);
  };
  return (
    <div>
      <Button onClick={() => setOpened(true)}>Remove application…</Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        onConfirm={() => {
          if (remove.isPending) return;
          remove.mutate(name, {
            onSuccess: () => void navigate({ to: '/applications', ignoreBlocker: true }),
          });
        }}
        title={`Remove the application ${name}?`}
        confirmText="Remove application"
        busy={remove.isPending}
        destructive
        typed={{ expected: name, label: 'Type the name of the application' }}
        error={remove.error?.message}
      >
        <p>
          <strong>Its login address stops working at once.</strong> If its login page still sends people
          there, nobody gets in except by its nosso address: take the redirect out of the product or its proxy
          first.
        </p>
        <p>To only pause it, switch off its redirection instead. No person and no group is changed.</p>
      </ConfirmDialog>
    </div>
  );
}
