import type { Tracker } from '@gatehouse/contracts/tracker';
import { Link } from '@tanstack/react-router';
import { KeyValueList } from '../../components/ui/key-value-list.tsx';
import { Mono } from '../../components/ui/mono.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import { formatDay, formatRelative } from '../../lib/format.ts';
import { useIsAdmin } from '../../lib/session.ts';
import { updateMethodLabels } from '../../lib/update-methods.ts';
import classes from './support.module.css';

/** What is known about a login beside its steps. */
export function TrackerFacts({ tracker }: { tracker: Tracker }) {
  const isAdmin = useIsAdmin();
  const { idp, person, user, kind } = tracker;
  const label = person === null ? 'not known' : <TextWithHiddenCharacters text={person} />;
  return (
    <Panel title="Facts">
      <KeyValueList
        items={[
          { key: 'Kind', value: kind === 'test' ? 'Test, nothing is written' : 'Login' },
          {
            key: 'IdP',
            value: isAdmin ? (
              <Link to="/idps/$idpId" params={{ idpId: idp.id }}>
                <TextWithHiddenCharacters text={idp.name === '' ? 'Draft' : idp.name} />
              </Link>
            ) : (
              <TextWithHiddenCharacters text={idp.name} />
            ),
          },
          ...(idp.issuer === null ? [] : [{ key: 'Issuer', value: <Mono>{idp.issuer}</Mono> }]),
          { key: 'Settings', value: <SettingsAge tracker={tracker} /> },
          {
            key: 'Person',
            value:
              user === null ? (
                label
              ) : (
                <Link to="/directory/users/$userId" params={{ userId: user.id }}>
                  {label}
                </Link>
              ),
          },
          { key: 'Update', value: updateMethodLabels[tracker.updateMethod] ?? tracker.updateMethod },
          { key: 'Started by', value: <TextWithHiddenCharacters text={tracker.startedBy} /> },
          { key: 'Kept until', value: formatDay(tracker.keptUntil) },
        ]}
      />
    </Panel>
  );
}

/** A failure right after a change is most often because of it. */
function SettingsAge({ tracker }: { tracker: Tracker }) {
  const { settingsVersion, settingsChangedAt, settingsChangedBy, createdAt } = tracker;
  return (
    <>
      Version {settingsVersion}
      <br />
      <span className={classes.dim}>
        changed{' '}
        {Date.parse(settingsChangedAt) <= Date.parse(createdAt) ? (
          formatRelative(settingsChangedAt, createdAt).replace('ago', 'before')
        ) : (
          <RelativeTime instant={settingsChangedAt} />
        )}
        , by <TextWithHiddenCharacters text={settingsChangedBy} />
      </span>
    </>
  );
}
