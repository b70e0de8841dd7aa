import type { ChangeRow, Plan } from '@gatehouse/contracts/plan';
import { reasonLabel } from '@gatehouse/contracts/run-words';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { EmptyFilter } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { VirtualGrid } from '../../components/ui/virtual-grid.tsx';
import type { useRowWindows } from '../../lib/use-row-windows.ts';
import { changeColumns } from './change-columns.tsx';
import { NothingPlanned, NothingToDo } from './nothing-to-do.tsx';
import classes from './review.module.css';
import { isNarrowed, type ReviewSearch, withoutNarrowing } from './review-search.ts';
import { isNothingToDo } from './review-totals.ts';
import { WorthALookChips } from './worth-a-look-chips.tsx';

type ChangeListProps = {
  plan: Plan;
  search: ReviewSearch;
  rows: ReturnType<typeof useRowWindows<ChangeRow>>;
  width: number;
  selectedIndex: number | null;
  onSelect: (index: number) => void;
  onOpen: () => void;
  onClose: () => void;
  onSearch: () => void;
  onChange: (next: ReviewSearch) => void;
};

/** The changes of the filter, a window at a time. */
export function ChangeList(props: ChangeListProps) {
  const { plan, search, rows, width, onChange } = props;
  const columns = useMemo(
    () =>
      changeColumns({
        search,
        facets: plan.facets,
        reasonWord: reasonLabel,
        width,
      }),
    [search, plan.facets, width],
  );
  if (rows.rowCount === undefined) return <ListPending error={rows.error} onRetry={rows.retry} />;
  return (
    <>
      <WorthALookChips plan={plan} search={search} width={width} onChange={onChange} />
      {rows.error !== null && (
        <div className={classes.listError}>
          <ErrorPanel title="Some rows could not be read" error={rows.error} onRetry={rows.retry} />
        </div>
      )}
      {rows.rowCount === 0 ? (
        <NoRows plan={plan} search={search} onChange={onChange} />
      ) : (
        <div className={classes.grid}>
          <VirtualGrid
            label="Changes"
            noun={search.subject === 'group' ? 'groups' : 'users'}
            columns={columns}
            rowCount={rows.rowCount}
            getRow={rows.getRow}
            onVisibleRange={rows.onVisibleRange}
            isChanging={rows.isChanging}
            selectedIndex={props.selectedIndex}
            onSelect={props.onSelect}
            onOpen={props.onOpen}
            onClose={props.onClose}
            onSearch={props.onSearch}
          />
        </div>
      )}
    </>
  );
}

function ListPending({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div className={classes.listError}>
      {error === null ? (
        <SkeletonRows label="Loading the changes" rows={12} rowHeight={36} />
      ) : (
        <ErrorPanel title="The changes could not be read" error={error} onRetry={onRetry} />
      )}
    </div>
  );
}

function NoRows({ plan, search, onChange }: Pick<ChangeListProps, 'plan' | 'search' | 'onChange'>) {
  if (isNarrowed(search)) {
    return (
      <EmptyFilter
        text={search.subject === 'group' ? 'No group matches.' : 'No user matches.'}
        action={<Button onClick={() => onChange(withoutNarrowing(search))}>Clear filters</Button>}
      />
    );
  }
  if (isNothingToDo(plan.totals) && search.category === undefined) {
    const Nothing = plan.verdict.outcome === 'hold' ? NothingPlanned : NothingToDo;
    return <Nothing plan={plan} onChange={onChange} />;
  }
  const noun = search.subject === 'group' ? 'group' : 'user';
  const word = search.category === undefined ? 'changed' : search.category.replace('-', ' ');
  return (
    <EmptyFilter
      text={`No ${noun} is ${word} in this plan.`}
      action={
        search.category !== undefined && (
          <Button onClick={() => onChange({ subject: search.subject })}>Show all changes</Button>
        )
      }
    />
  );
}
