import { useQuery } from '@tanstack/react-query';
import { TrackerStatePill } from '../../components/tracker/tracker-state.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { CopyField } from '../../components/ui/copy-field.tsx';
import { Mono } from '../../components/ui/mono.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { useNow } from '../../components/ui/times.tsx';
import { formatRelative, formatTime } from '../../lib/format.ts';
import { trackerQuery } from './api.ts';
import classes from './support.module.css';

/** The test URL of an open tracker, on top of the list. */
export function TestUrlPanel({ trackerId }: { trackerId: string }) {
  const { data: tracker } = useQuery(trackerQuery(trackerId));
  const now = useNow();
  if (tracker === undefined) return null;
  const { id, state, idp, testUrl, expiresAt, startedAt } = tracker;
  const facts = [
    idp.name,
    startedAt === null
      ? 'not opened yet'
      : `opened ${formatRelative(startedAt, Math.max(now, Date.parse(startedAt)))}`,
    ...(testUrl !== null && expiresAt !== null ? [`valid until ${formatTime(expiresAt)}`, 'works once'] : []),
  ];
  return (
    <div className={classes.testUrl}>
      <Panel>
        <p className={classes.testHead}>
          <span className={classes.testTitle}>
            Test URL of <Mono>{id}</Mono>
          </span>
          <TrackerStatePill state={state} />
          <span className={classes.dim}>
            <TextWithHiddenCharacters text={facts.join(', ')} />
          </span>
        </p>
        <div className={classes.testRow}>
          {testUrl === null ? (
            <p className={classes.used}>
              {startedAt === null
                ? 'Nobody opened the URL within its hour.'
                : 'The URL was used: it works once. Start another tracker to test again.'}
            </p>
          ) : (
            <div className={classes.testField}>
              <CopyField label="Test URL" labelHidden value={testUrl} />
            </div>
          )}
          <ButtonLink to="/support/trackers/$trackerId" params={{ trackerId: id }}>
            {state === 'waiting' || state === 'in-progress' ? 'Follow live' : 'Open the tracker'}
          </ButtonLink>
        </div>
        {testUrl !== null && (
          <p className={classes.dim}>
            Open it in a private window, so that no earlier Okta session answers for you. Or send it to the
            person who has the problem.
          </p>
        )}
      </Panel>
    </div>
  );
}
