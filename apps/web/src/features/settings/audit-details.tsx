import type { AuditEntry } from '@gatehouse/contracts/account';
import { Fragment } from 'react';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { formatExactTime } from '../../lib/format.ts';
import { auditDifferences } from './audit-filter.ts';
import classes from './settings.module.css';

/** What an entry changed, before and after. Secrets are never in it. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
  const lines = auditDifferences(entry.before, entry.after);
  return (
    <div>
      {lines.length > 0 && (
        <dl className={classes.diff}>
          <dt>Value</dt>
          <dd className={classes.head}>Before</dd>
          <dd className={classes.head}>After</dd>
          {lines.map(({ key, before, after }) => (
            <Fragment key={key}>
              <dt>{key}</dt>
              <dd className={classes.before}>
                <TextWithHiddenCharacters text={before || '–'} />
              </dd>
              <dd className={classes.after}>
                <TextWithHiddenCharacters text={after || '–'} />
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
      <p className={classes.request}>
        Entry {entry.id} at {formatExactTime(entry.at)}
        {entry.requestId && (
          <>
            , request <code>{entry.requestId}</code>
          </>
        )}
        {lines.length === 0 && '. It changed no value.'}
      </p>
    </div>
  );
}
