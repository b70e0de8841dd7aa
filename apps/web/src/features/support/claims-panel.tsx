import { Fragment } from 'react';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import classes from './support.module.css';

/** What Okta said about the person; values that must stay secret are taken out before they are kept. */
export function ClaimsPanel({ claims }: { claims: Readonly<Record<string, unknown>> }) {
  return (
    <Panel title="Claims" note="what the IdP said about the person">
      <dl className={classes.claims}>
        {Object.entries(claims).map(([name, value]) => (
          <Fragment key={name}>
            <dt>
              <TextWithHiddenCharacters text={name} />
            </dt>
            <dd>
              <TextWithHiddenCharacters text={typeof value === 'string' ? value : JSON.stringify(value)} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </Panel>
  );
}
