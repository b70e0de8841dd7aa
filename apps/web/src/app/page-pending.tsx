import { Page } from '../components/ui/page.tsx';
import { SkeletonBar, Skeletons } from '../components/ui/skeleton.tsx';

/** Stands while a screen's code or first data is on its way, from 300 ms on. */
export function PagePending() {
  return (
    <Page>
      <Skeletons label="Loading the page">
        <SkeletonBar width={220} height={26} />
        <SkeletonBar width={360} height={16} />
        <SkeletonBar height={220} />
      </Skeletons>
    </Page>
  );
}
