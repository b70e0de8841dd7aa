import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { EmptyFilter } from '../../components/ui/empty-state.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { type GridColumn, VirtualGrid } from '../../components/ui/virtual-grid.tsx';
import { type RowWindow, useRowWindows } from '../../lib/use-row-windows.ts';
import type { WindowRequest } from './api.ts';
import classes from './directory.module.css';

type DirectoryListProps<Row> = {
  label: string;
  /** Plural noun of the rows. */
  noun: string;
  queryKey: readonly unknown[];
  fetchWindow: (request: WindowRequest) => Promise<RowWindow<Row>>;
  columns: readonly GridColumn<Row>[];
  minWidth: number;
  onOpen: (row: Row) => void;
  onSearch?: () => void;
  /** Whether a filter narrows the list. */
  narrowed: boolean;
  onClear: () => void;
  /** Shown when there is nothing at all. */
  empty: ReactNode;
  /** Rows shown at most before the list scrolls by itself; absent: the list fills the page. */
  fitRows?: number;
};

/** Heights of a `VirtualGrid` in px. */
const ROW = 36;
const HEAD_FOOT_BORDERS = 32 + 31 + 2;

/** A list of the directory: windows of 100, keys, and a page behind every row. */
export function DirectoryList<Row>(props: DirectoryListProps<Row>) {
  const { label, noun, queryKey, fetchWindow, columns, minWidth, onOpen, narrowed, fitRows } = props;
  const rows = useRowWindows({ queryKey, fetchWindow });
  const [selected, setSelected] = useState<number | null>(null);
  const { rowCount } = rows;
  if (rowCount === undefined) {
    if (rows.error === null) return <SkeletonRows label={`Loading ${noun}`} rows={8} rowHeight={36} />;
    return <ErrorPanel title={`The ${noun} could not be read`} error={rows.error} onRetry={rows.retry} />;
  }
  if (rowCount === 0) {
    if (!narrowed) return props.empty;
    return (
      <EmptyFilter
        text={`No ${noun.replace(/s$/, '')} matches.`}
        action={<Button onClick={props.onClear}>Clear filters</Button>}
      />
    );
  }
  const open = (index: number) => {
    const row = rows.getRow(index);
    if (row !== undefined) onOpen(row);
  };
  const fitted =
    fitRows === undefined ? {} : { height: HEAD_FOOT_BORDERS + ROW * Math.min(fitRows, rowCount) };
  return (
    <>
      {rows.error !== null && (
        <ErrorPanel title={`Some ${noun} could not be read`} error={rows.error} onRetry={rows.retry} />
      )}
      <div className={classes.grid} data-fitted={fitRows !== undefined || undefined} style={fitted}>
        <VirtualGrid
          label={label}
          noun={noun}
          columns={columns}
          minWidth={minWidth}
          rowCount={rowCount}
          getRow={rows.getRow}
          onVisibleRange={rows.onVisibleRange}
          isChanging={rows.isChanging}
          selectedIndex={selected === null || selected >= rowCount ? null : selected}
          onSelect={setSelected}
          onOpen={open}
          {...(props.onSearch ? { onSearch: props.onSearch } : {})}
        />
      </div>
    </>
  );
}
