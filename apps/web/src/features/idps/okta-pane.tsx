import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { consoleOf } from '../../components/forms/domain-field-state.ts';
import { ExternalLink } from '../../components/ui/external-link.tsx';
import { serverQuery } from '../../lib/session.ts';
import type { Instruction } from './okta-instructions.tsx';
import classes from './wizard.module.css';

type OktaPaneProps = {
  /** As typed so far; empty before it is known. */
  domain: string;
  steps: readonly Instruction[];
  /** Our drawing stands below the step that it shows. */
  drawing: { after: string; element: ReactNode };
  ticks: readonly string[];
  onTick: (id: string, isTicked: boolean) => void;
};

/** *In Okta*: numbered steps to tick off, with our own drawing. */
export function OktaPane({ domain, steps, drawing, ticks, onTick }: OktaPaneProps) {
  const rehearsalUrl = useQuery(serverQuery).data?.rehearsalUrl ?? null;
  const link =
    consoleOf(domain, rehearsalUrl) ??
    (rehearsalUrl === null ? null : { text: 'Open the rehearsal Okta', href: rehearsalUrl });
  const current = steps.find(({ id }) => !ticks.includes(id))?.id;
  return (
    <aside className={classes.pane} aria-label="In Okta">
      <div className={classes.paneHead}>
        <h2 className={classes.paneTitle}>In Okta</h2>
        {link !== null && <ExternalLink href={link.href}>{link.text}</ExternalLink>}
      </div>
      <p className={classes.dim}>Tick off as you go. Your ticks are kept.</p>
      <ol className={classes.instructions}>
        {steps.map(({ id, text }, index) => (
          <Fragment key={id}>
            <li className={classes.instruction} data-current={id === current || undefined}>
              <Checkbox
                checked={ticks.includes(id)}
                onChange={(event) => onTick(id, event.currentTarget.checked)}
                label={
                  <span className={classes.instructionText}>
                    <span className={classes.instructionNumber}>{index + 1}</span>
                    <span>{text}</span>
                  </span>
                }
              />
              {id === drawing.after && <figure className={classes.drawing}>{drawing.element}</figure>}
            </li>
          </Fragment>
        ))}
      </ol>
      <p className={classes.paneFoot}>Our own drawing. Okta’s page can look a little different.</p>
    </aside>
  );
}
