import { IconPlugConnectedX, IconShieldOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import colors from '../components/ui/state-colors.module.css';
import { connected, serverQuery } from '../lib/session.ts';
import { useSignal } from '../lib/signal.ts';
import classes from './app-layout.module.css';

const PATIENCE = 3_000;

/** What concerns every screen: passwords over plain HTTP, and a lost connection. */
export function Notices() {
  const server = useQuery(serverQuery).data;
  const lost = useLostConnection();
  return (
    <>
      {server?.insecureTransport && (
        <div className={`${classes.strip} ${colors.red}`} role="alert">
          <span className={classes.stripText}>
            <IconShieldOff size={16} stroke={1.7} aria-hidden="true" />
            <span>
              <strong>This page is not encrypted.</strong> Passwords and API tokens cross the network readable
              for anybody on the way. Put a TLS proxy in front and set PUBLIC_URL to its https address.
            </span>
          </span>
        </div>
      )}
      {lost && (
        <div className={`${classes.strip} ${colors.amber}`} role="alert">
          <span className={classes.stripText}>
            <IconPlugConnectedX size={16} stroke={1.7} aria-hidden="true" />
            <span>
              <strong>The connection to Gatehouse is lost.</strong> What you see may be old. It is tried
              again; what you typed stays here, and runs go on without this page.
            </span>
          </span>
        </div>
      )}
    </>
  );
}

/** A restart of a second is no news. */
function useLostConnection(): boolean {
  const isConnected = useSignal(connected);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (isConnected) {
      setLost(false);
      return;
    }
    const timer = setTimeout(() => setLost(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [isConnected]);
  return lost;
}
