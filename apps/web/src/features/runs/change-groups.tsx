import type { ChangeDetail } from '@gatehouse/contracts/plan';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { DetailsSection } from '../../components/ui/details-pane.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import { formatNoun } from '../../lib/format.ts';
import classes from './change-details.module.css';

type GroupOfChange = ChangeDetail['groups'][number];

const tileOf = { gained: 'added', lost: 'cleaned-up', kept: 'not-modified' } as const;
const wordOf = { gained: 'gained', lost: 'lost', kept: 'kept' } as const;

/** Groups gained and lost with the reason of each; those that stay are counted, and named on demand. */
export function ChangeGroups({ change }: { change: ChangeDetail }) {
  const [open, setOpen] = useState(false);
  const moved = change.groups.filter((group) => group.change !== 'kept');
  const kept = change.groups.filter((group) => group.change === 'kept');
  if (moved.length === 0 && change.groupsKept === 0) return null;
  return (
    <DetailsSection title="Groups">
      <ul>
        {moved.map((group) => (
          <GroupLine key={`${group.change} ${group.name}`} group={group} />
        ))}
      </ul>
      {change.groupsKept > 0 && (
        <div className={classes.group}>
          <Tile state="not-modified">{`${formatNoun(change.groupsKept, 'group')} not modified`}</Tile>
          {kept.length > 0 && (
            <Button
              variant="subtle"
              size="xs"
              aria-expanded={open}
              aria-label={open ? 'Hide groups not modified' : 'Show groups not modified'}
              onClick={() => setOpen(!open)}
            >
              {open ? 'Hide' : 'Show'}
            </Button>
          )}
        </div>
      )}
      {open && (
        <ul>
          {kept.map((group) => (
            <GroupLine key={`kept ${group.name}`} group={group} />
          ))}
        </ul>
      )}
    </DetailsSection>
  );
}

function GroupLine({ group }: { group: GroupOfChange }) {
  return (
    <li className={classes.group}>
      <span className={classes.groupName}>
        <Tile state={tileOf[group.change]} wordHidden>
          {wordOf[group.change]}
        </Tile>
        <span>
          <TextWithHiddenCharacters text={group.name} />
        </span>
      </span>
      {group.reason !== '' && <span className={classes.groupReason}>{group.reason}</span>}
    </li>
  );
}
