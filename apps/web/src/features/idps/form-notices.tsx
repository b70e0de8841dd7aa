import type { Idp } from '@gatehouse/contracts/idp';
import { Callout } from '../../components/ui/callout.tsx';

/** What a save took away or changed, said once. */
export function FormNotices({ notices }: { notices: Idp['notices'] }) {
  return notices.map(({ code, detail }) => (
    <Callout key={code} kind={code === 'domain-cleaned' ? 'info' : 'warning'} title={detail} compact />
  ));
}
