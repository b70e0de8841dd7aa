import type { ChangeDetail } from '@gatehouse/contracts/plan';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DetailsPane, DetailsSection } from '../../components/ui/details-pane.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SkeletonBar, Skeletons } from '../../components/ui/skeleton.tsx';
import { type PillState, StatePill } from '../../components/ui/state-pill.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import { changeQuery } from './api.ts';
import { AttributeChanges } from './attribute-changes.tsx';
import classes from './change-details.module.css';
import { ChangeFacts } from './change-facts.tsx';
import { ChangeGroups } from './change-groups.tsx';
import { hasNoValues, notCreatedSentence } from './not-created.ts';

type ChangeDetailsProps = {
  runId: number;
  changeKey: string;
  held: boolean;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One change beside the list: what happens, why, every value before and after, groups, ids. */
export function ChangeDetails({ runId, changeKey, held, ...moves }: ChangeDetailsProps) {
  const { data: change, error, refetch, isPlaceholderData } = useQuery(changeQuery(runId, changeKey));
  if (change === undefined) {
    return (
      <DetailsPane label="Details" title="Details" {...moves}>
        <DetailsSection>
          {error ? (
            <ErrorPanel title="This row cannot be shown" error={error} onRetry={() => void refetch()} />
          ) : (
            <Skeletons label="Loading the details">
              <SkeletonBar width={220} height={16} />
              <SkeletonBar height={60} />
              <SkeletonBar height={60} />
            </Skeletons>
          )}
        </DetailsSection>
      </DetailsPane>
    );
  }
  const title = change.name === '' ? change.externalId : change.name;
  return (
    <DetailsPane
      label={`Details of ${title}`}
      title={<TextWithHiddenCharacters text={title} />}
      symbol={<Tile state={change.state === 'drifted' ? 'drifted' : change.category} wordHidden />}
      subtitle={<Subtitle change={change} />}
      pills={pillsOf(change, held)}
      {...moves}
    >
      <div
        aria-busy={isPlaceholderData || undefined}
        data-stale={isPlaceholderData || undefined}
        className={classes.body}
      >
        <DetailsSection>
          {change.state === 'drifted' && (
            <p className={classes.drifted}>
              This {change.subject} changed after the plan was made, so the row was skipped. The next sync
              compares anew.
            </p>
          )}
          <p className={change.category === 'failed' ? classes.failed : undefined}>
            <TextWithHiddenCharacters text={explanationOf(change)} />
          </p>
          {change.matchedBy !== '' && <p className={classes.dim}>{change.matchedBy}</p>}
        </DetailsSection>
        {!hasNoValues(change) && <AttributeChanges key={change.key} change={change} />}
        {change.subject === 'user' && <ChangeGroups key={`${change.key} groups`} change={change} />}
        <ChangeFacts change={change} />
      </div>
    </DetailsPane>
  );
}

function explanationOf(change: ChangeDetail): string {
  return [notCreatedSentence(change), change.explanation].filter((part) => part !== null).join(' ');
}

function Subtitle({ change }: { change: ChangeDetail }) {
  return (
    <>
      {change.username !== '' && (
        <span className={classes.username}>
          <TextWithHiddenCharacters text={change.username} />
        </span>
      )}
      <span className={classes.id}>
        Okta id <code>{change.externalId}</code>
      </span>
    </>
  );
}

/** What a person should see at once; undefined when there is nothing of the kind. */
function pillsOf(change: ChangeDetail, held: boolean): ReactNode {
  const changed = change.category === 'modified' ? change.changed : [];
  const writes =
    change.category !== 'not-modified' && change.operation !== 'skip' && change.operation !== null;
  const pills: [shown: boolean, state: PillState, text: string][] = [
    [held && writes, 'held', 'Held'],
    [change.state === 'applied', 'passed', 'Applied'],
    [changed.includes('username'), 'warning', 'Username changes'],
    [changed.includes('email'), 'warning', 'E-mail changes'],
    [change.operation === 'disable', 'warning', 'Can no longer log in'],
  ];
  const shown = pills.filter(([applies]) => applies);
  if (shown.length === 0) return undefined;
  return shown.map(([, state, text]) => (
    <StatePill key={text} state={state}>
      {text}
    </StatePill>
  ));
}
