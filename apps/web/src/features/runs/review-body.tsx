import type { Plan } from '@gatehouse/contracts/plan';
import type { Run } from '@gatehouse/contracts/run';
import { useElementSize } from '@mantine/hooks';
import { useRef } from 'react';
import { useRowWindows } from '../../lib/use-row-windows.ts';
import { changesKey, fetchChanges } from './api.ts';
import { ChangeDetails } from './change-details.tsx';
import { ChangeList } from './change-list.tsx';
import classes from './review.module.css';
import { ReviewFooter } from './review-footer.tsx';
import { ReviewHeader } from './review-header.tsx';
import { ReviewHeldBand } from './review-held-band.tsx';
import { filterOf, type ReviewSearch } from './review-search.ts';
import { ReviewSide } from './review-side.tsx';
import { ReviewSummary } from './review-summary.tsx';
import { useRowSelection } from './use-row-selection.ts';

export type ReviewProps = {
  run: Run;
  plan: Plan;
  search: ReviewSearch;
  setSearch: (next: ReviewSearch, options?: { replace?: boolean }) => void;
};

/** Counts on top, facets, list and details side by side, and the foot that says what goes through. */
export function ReviewBody({ run, plan, search, setSearch }: ReviewProps) {
  const filter = filterOf(search);
  const rows = useRowWindows({
    queryKey: changesKey(run.id, filter),
    fetchWindow: (request) => fetchChanges(run.id, filter, request),
  });
  const selection = useRowSelection({ search, setSearch, getRow: rows.getRow });
  const searchRef = useRef<HTMLInputElement>(null);
  const { ref: listRef, width } = useElementSize<HTMLDivElement>();
  const open = search.row !== undefined;
  const focusList = () => document.querySelector<HTMLElement>('[data-review-list] [role=grid]')?.focus();
  const { selectedIndex, select } = selection;
  const held = plan.verdict.outcome === 'hold' && plan.state === 'open';
  return (
    <div className={classes.review}>
      <ReviewHeader run={run} plan={plan} search={search} />
      <ReviewSummary runId={run.id} plan={plan} search={search} onChange={setSearch} />
      <ReviewHeldBand plan={plan} />
      <div className={classes.panes} data-open={open || undefined}>
        <ReviewSide runId={run.id} plan={plan} search={search} searchRef={searchRef} onChange={setSearch} />
        <div ref={listRef} className={classes.list} data-review-list>
          <ChangeList
            plan={plan}
            search={search}
            rows={rows}
            width={width}
            selectedIndex={selectedIndex}
            onSelect={select}
            onOpen={() => document.querySelector<HTMLElement>('[data-review-details] aside')?.focus()}
            onClose={selection.close}
            onSearch={() => searchRef.current?.focus()}
            onChange={setSearch}
          />
        </div>
        {search.row !== undefined && (
          <div className={classes.details} data-review-details>
            <ChangeDetails
              runId={run.id}
              changeKey={search.row}
              held={held}
              onClose={() => {
                selection.close();
                focusList();
              }}
              onPrevious={
                selectedIndex !== null && selectedIndex > 0 ? () => select(selectedIndex - 1) : undefined
              }
              onNext={
                selectedIndex !== null && selectedIndex < (rows.rowCount ?? 0) - 1
                  ? () => select(selectedIndex + 1)
                  : undefined
              }
            />
          </div>
        )}
      </div>
      <ReviewFooter run={run} plan={plan} />
    </div>
  );
}
