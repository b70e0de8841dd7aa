import type { ChangeDetail } from '@gatehouse/contracts/plan';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Difference } from '../../components/ui/difference.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import { formatNoun } from '../../lib/format.ts';
import { textDifference } from '../../lib/text-difference.ts';
import classes from './change-details.module.css';

type AttributeChange = ChangeDetail['attributes'][number];

/** Every attribute: the changed ones before and after, the others on demand. */
export function AttributeChanges({ change }: { change: ChangeDetail }) {
  const [open, setOpen] = useState(false);
  const changed = change.attributes.filter((attribute) => attribute.changed);
  const others = change.attributes.filter((attribute) => !attribute.changed);
  return (
    <section aria-label="Attributes">
      {changed.map((attribute) => (
        <ChangedAttribute key={attribute.attribute} {...attribute} loss={change.category === 'cleaned-up'} />
      ))}
      {others.length > 0 && (
        <div className={classes.more}>
          <Tile state="not-modified">{`${formatNoun(others.length, 'attribute')} not modified`}</Tile>
          <Button
            variant="subtle"
            size="xs"
            aria-expanded={open}
            aria-label={open ? 'Hide attributes not modified' : 'Show attributes not modified'}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide' : 'Show'}
          </Button>
        </div>
      )}
      {open && others.map((attribute) => <KeptAttribute key={attribute.attribute} {...attribute} />)}
    </section>
  );
}

function ChangedAttribute({ label, before, after, rule, loss }: AttributeChange & { loss: boolean }) {
  return (
    <div className={classes.attribute}>
      <span className={classes.attributeName}>{label}</span>
      {before === null || after === null ? (
        <OneSide side={before === null ? 'new' : 'before'} value={after ?? before ?? ''} />
      ) : (
        <BothSides before={before} after={after} loss={loss} />
      )}
      {rule !== null && <span className={classes.rule}>{rule}</span>}
    </div>
  );
}

/** Nothing to compare with: the whole value is new, or goes. */
function OneSide({ side, value }: { side: string; value: string }) {
  return (
    <>
      <span className={classes.side}>{side}</span>
      <span className={classes.value}>
        {value === '' ? <Empty /> : <TextWithHiddenCharacters text={value} />}
      </span>
    </>
  );
}

type BothSidesProps = {
  before: string;
  after: string /** What is taken away is never green. */;
  loss: boolean;
};

function BothSides({ before, after, loss }: BothSidesProps) {
  const parts = textDifference(before, after);
  const left = loss ? (
    <TextWithHiddenCharacters text={before} />
  ) : (
    <Difference parts={parts.before} side="before" />
  );
  return (
    <>
      <span className={classes.side}>before</span>
      <span className={classes.value}>{before === '' ? <Empty /> : left}</span>
      <span className={classes.side}>after</span>
      <span className={classes.value}>
        {after === '' ? <Empty /> : <Difference parts={parts.after} side={loss ? 'loss' : 'after'} />}
      </span>
    </>
  );
}

function KeptAttribute({ label, before, after, rule }: AttributeChange) {
  const value = after ?? before ?? '';
  return (
    <div className={classes.attribute}>
      <span className={classes.attributeName}>{label}</span>
      <span className={classes.side}>same</span>
      <span className={classes.value}>
        {value === '' ? <Empty /> : <TextWithHiddenCharacters text={value} />}
      </span>
      {rule !== null && <span className={classes.rule}>{rule}</span>}
    </div>
  );
}

function Empty() {
  return <span className={classes.empty}>empty</span>;
}
