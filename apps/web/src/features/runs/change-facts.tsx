import type { ChangeDetail } from '@gatehouse/contracts/plan';
import { Link } from '@tanstack/react-router';
import { type KeyValue, KeyValueList } from '../../components/ui/key-value-list.tsx';
import { RelativeTime } from '../../components/ui/times.tsx';
import classes from './change-details.module.css';

const goneReasons: readonly string[] = [
  'deactivated-in-source',
  'deleted-in-source',
  'absent-in-source',
  'removal-suppressed',
];

/** What Okta says of the record, and where its counterpart in the directory is. */
export function ChangeFacts({ change }: { change: ChangeDetail }) {
  const items: KeyValue[] = [];
  if (change.sourceStatus !== null) {
    // Whom Okta no longer lists has the status of the last read, which the reason may contradict.
    const gone = change.reasonCode !== null && goneReasons.includes(change.reasonCode);
    items.push({ key: gone ? 'Last status' : 'Status in Okta', value: <code>{change.sourceStatus}</code> });
  }
  if (change.sourceUpdatedAt !== null) {
    items.push({ key: 'Updated in Okta', value: <SourceTime text={change.sourceUpdatedAt} /> });
  }
  if (change.directoryId !== null) {
    items.push({ key: 'In the directory', value: <DirectoryLink change={change} id={change.directoryId} /> });
  }
  if (items.length === 0) return null;
  return (
    <div className={classes.facts}>
      <KeyValueList items={items} />
    </div>
  );
}

/** Okta's own clock; what is no time is shown as it came. */
function SourceTime({ text }: { text: string }) {
  if (Number.isNaN(Date.parse(text))) return <code>{text}</code>;
  return <RelativeTime instant={text} show="both" />;
}

function DirectoryLink({ change, id }: { change: ChangeDetail; id: string }) {
  if (change.subject === 'user') {
    return (
      <Link to="/directory/users/$userId" params={{ userId: id }}>
        Open the user
      </Link>
    );
  }
  return (
    <Link to="/directory/groups/$groupId" params={{ groupId: id }}>
      Open the group
    </Link>
  );
}
