import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import { Difference } from '../../components/ui/difference.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { textDifference } from '../../lib/text-difference.ts';
import classes from './support.module.css';

const operations: Readonly<Record<LoginUpdate['operation'], string>> = {
  none: 'nothing to change',
  create: 'creates the user',
  update: 'changes the user',
  enable: 'enables the user',
  disable: 'disables the user',
};

/** What the login did to the directory user, or in a test would have done. */
export function UpdatePanel({ update }: { update: LoginUpdate }) {
  const { made, operation, changes, groupsAdded, groupsRemoved } = update;
  const source = update.by === 'usersync' ? 'from Okta, by UserSync' : 'from the ID token';
  return (
    <Panel
      title={made ? 'Update that was made' : 'Update that would be made'}
      note={`${operations[operation]}, ${source}`}
    >
      {changes.length === 0 && groupsAdded.length === 0 && groupsRemoved.length === 0 ? (
        <p className={classes.dim}>The directory has the same values already.</p>
      ) : (
        <dl className={classes.changes}>
          {changes.map(({ attribute, before, after }) => {
            const parts = textDifference(before ?? '', after ?? '');
            return (
              <div key={attribute} className={classes.change}>
                <dt>{attribute}</dt>
                <dd>
                  {before !== null && before !== '' && (
                    <>
                      <Difference parts={parts.before} side="before" /> →{' '}
                    </>
                  )}
                  <Difference parts={parts.after} side="after" />
                </dd>
              </div>
            );
          })}
          <Groups name="Groups gained" groups={groupsAdded} />
          <Groups name="Groups lost" groups={groupsRemoved} />
        </dl>
      )}
    </Panel>
  );
}

function Groups({ name, groups }: { name: string; groups: readonly string[] }) {
  if (groups.length === 0) return null;
  return (
    <div className={classes.change}>
      <dt>{name}</dt>
      <dd>
        <TextWithHiddenCharacters text={groups.join(', ')} />
      </dd>
    </div>
  );
}
