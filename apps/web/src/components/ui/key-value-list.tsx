import { Fragment, type ReactNode } from 'react';
import classes from './key-value-list.module.css';

export type KeyValue = { key: string; value: ReactNode };

/** Facts of a thing: name at the left, value at the right. */
export function KeyValueList({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className={classes.list}>
      {items.map(({ key, value }) => (
        <Fragment key={key}>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
