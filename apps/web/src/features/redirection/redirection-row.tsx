import type { Application, Redirection, RedirectionLock } from '@gatehouse/contracts/application';
import { Select, Switch } from '@mantine/core';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { formatDateTime } from '../../lib/format.ts';
import classes from './redirection.module.css';

type RedirectionRowProps = {
  application: Application;
  /** As switched on the page, saved or not. */
  redirection: Redirection;
  idps: readonly { id: string; name: string }[];
  error: string | undefined;
  onEdit: (edit: Partial<Redirection>) => void;
};

const switchClasses = {
  label: classes.switchLabel ?? '',
  description: classes.switchText ?? '',
};

/** The switches of one application; a lock says its reason and has the button that opens it. */
export function RedirectionRow({ application, redirection, idps, error, onEdit }: RedirectionRowProps) {
  const { id, name, jsm, lock, baseUrl } = application;
  const isChoosing = lock === 'idp-not-chosen' && redirection.idpId !== null;
  const isLocked = lock !== null && !isChoosing && !application.redirection.enabled;
  return (
    <li className={classes.row}>
      <div className={classes.switchLine}>
        <Switch
          classNames={switchClasses}
          checked={redirection.enabled}
          disabled={isLocked && !redirection.enabled}
          onChange={(event) => onEdit({ enabled: event.currentTarget.checked })}
          label="Enable SSO Redirect"
          aria-describedby={`state-${id}`}
        />
        <div className={classes.words}>
          <p className={classes.name}>
            <TextWithHiddenCharacters text={name} />
            <RowPill
              application={application}
              isChanged={redirection.enabled !== application.redirection.enabled}
            />
          </p>
          <p className={classes.facts} id={`state-${id}`}>
            <TextWithHiddenCharacters text={factsOf(application).join(' · ')} />
          </p>
        </div>
        {lock !== null && !isChoosing && <Lock lock={lock} application={application} />}
        {idps.length > 1 && (
          <Select
            aria-label={`Identity provider of ${name}`}
            className={classes.choice}
            placeholder="Choose the IdP"
            value={redirection.idpId}
            onChange={(value) => onEdit({ idpId: value })}
            data={idps.map((idp) => ({ value: idp.id, label: idp.name }))}
            allowDeselect={false}
          />
        )}
      </div>
      {jsm && (
        <div className={classes.portal}>
          <Switch
            classNames={switchClasses}
            checked={redirection.portal}
            disabled={isLocked && !redirection.portal}
            onChange={(event) => onEdit({ portal: event.currentTarget.checked })}
            label="Enable SSO Redirect for the Jira Service Management portal"
            description={`${baseUrl.replace(/^https?:\/\//, '')}/servicedesk · a second switch, for customers`}
          />
        </div>
      )}
      {error !== undefined && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </li>
  );
}

function factsOf({ baseUrl, idp, switchedAt, switchedBy, redirection }: Application): string[] {
  return [
    baseUrl.replace(/^https?:\/\//, ''),
    idp?.name ?? 'no IdP',
    ...(idp?.testedAt ? [`test login passed ${formatDateTime(idp.testedAt)}`] : []),
    ...(switchedAt !== null && switchedBy !== null
      ? [`switched ${redirection.enabled ? 'on' : 'off'} by ${switchedBy} ${formatDateTime(switchedAt)}`]
      : []),
  ];
}

function RowPill({ application, isChanged }: { application: Application; isChanged: boolean }) {
  const { redirection, lock } = application;
  if (isChanged) return <StatePill state="waiting">Not saved</StatePill>;
  if (redirection.enabled && lock !== null)
    return <StatePill state="warning">On, but nobody is redirected</StatePill>;
  if (redirection.enabled) return <StatePill state="passed">On</StatePill>;
  return lock === null ? (
    <StatePill state="passed">Ready</StatePill>
  ) : (
    <StatePill state="locked">Locked</StatePill>
  );
}

function Lock({ lock, application: { idp } }: { lock: RedirectionLock; application: Application }) {
  const name = idp?.name ?? 'the IdP';
  switch (lock) {
    case 'no-idp':
      return (
        <div className={classes.lock}>
          <p>There is no identity provider to send people to.</p>
          <ButtonLink to="/idps" size="xs">
            Add IdP
          </ButtonLink>
        </div>
      );
    case 'idp-not-chosen':
      return (
        <div className={classes.lock}>
          <p>There are several identity providers. Choose one.</p>
        </div>
      );
    case 'idp-disabled':
      return (
        <div className={classes.lock}>
          <p>
            <TextWithHiddenCharacters text={name} /> is disabled.
          </p>
          {idp && (
            <ButtonLink to="/idps/$idpId" params={{ idpId: idp.id }} size="xs">
              Open the IdP
            </ButtonLink>
          )}
        </div>
      );
    case 'idp-untested':
      return (
        <div className={classes.lock}>
          <p>
            No test login with <TextWithHiddenCharacters text={name} /> has passed yet.
          </p>
          <ButtonLink to="/support" size="xs">
            Start a test login
          </ButtonLink>
        </div>
      );
  }
}
