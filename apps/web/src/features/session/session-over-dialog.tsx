import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useAccount } from '../../lib/session.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Asks to sign in again on top of the page, so that nothing typed is lost when a session ends. */
export function SessionOverDialog() {
  const queryClient = useQueryClient();
  const account = useAccount();
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session is over"
      size={400}
    >
      <p style={{ marginBottom: 16 }}>Sign in again to go on. What you typed on this page stays.</p>
      <SignInForm email={account.email} onSignedIn={() => void queryClient.invalidateQueries()} />
    </Modal>
  );
}
