import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { consoleOf } from '../../components/forms/domain-field-state.ts';
import { ExternalLink } from '../../components/ui/external-link.tsx';
import { Mono } from '../../components/ui/mono.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { serverQuery } from '../../lib/session.ts';
import classes from './connection.module.css';
import { type OktaConsole, TokenDrawing } from './token-drawing.tsx';

const STEPS: readonly { key: string; text: (console: OktaConsole) => ReactNode }[] = [
  {
    key: 'log-in',
    text: () => (
      <>
        Log in as an administrator.{' '}
        <strong>Any role works, but a role limited to some groups syncs only those.</strong>
      </>
    ),
  },
  {
    key: 'tokens',
    text: (console) =>
      console === 'regular' ? (
        <>
          Click <strong>API</strong>, then <strong>Tokens</strong>
        </>
      ) : (
        <>
          Expand <strong>Security</strong>, click <strong>API</strong>, then <strong>Tokens</strong>
        </>
      ),
  },
  {
    key: 'create',
    text: () => (
      <>
        Click <strong>Create Token</strong> and name it <Mono>gatehouse</Mono>
      </>
    ),
  },
  { key: 'copy', text: () => 'Copy its value: Okta shows it only once. Lost it? Make a new one.' },
];

/** How a token is made in Okta, beside the field that it goes into. */
export function TokenInstructions({ domain }: { domain: string }) {
  const [console, setConsole] = useState<OktaConsole>('regular');
  const rehearsalUrl = useQuery(serverQuery).data?.rehearsalUrl ?? null;
  const link = consoleOf(domain, rehearsalUrl);
  return (
    <Panel sunken>
      <div className={classes.panelBody}>
        <h2 className={classes.panelTitle}>In Okta: make a token</h2>
        <SegmentedControl
          fullWidth
          aria-label="Which console of Okta you see"
          value={console}
          onChange={(value) => setConsole(value === 'developer' ? 'developer' : 'regular')}
          data={[
            { value: 'regular', label: 'Regular UI' },
            { value: 'developer', label: 'Developer Console, Classic UI' },
          ]}
        />
        <figure>
          <TokenDrawing console={console} />
          <figcaption className={classes.caption}>
            Our own drawing. Okta’s page looks a little different.
          </figcaption>
        </figure>
        <ol className={classes.steps}>
          {STEPS.map(({ key, text }, index) => (
            <li key={key} className={classes.step}>
              <span className={classes.number} aria-hidden="true">
                {index + 1}
              </span>
              <span>{text(console)}</span>
            </li>
          ))}
        </ol>
        {link !== null && <ExternalLink href={link.href}>{link.text}</ExternalLink>}
      </div>
    </Panel>
  );
}
