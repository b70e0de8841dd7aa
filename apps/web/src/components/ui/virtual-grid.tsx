import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { formatCount, formatRows } from '../../lib/format.ts';
import { classNames } from './class-names.ts';
import { nextRow } from './grid-keys.ts';
import { useSearchKey } from './use-search-key.ts';
import classes from './virtual-grid.module.css';

const ROW_HEIGHT = 36;
const HEAD_HEIGHT = 32;

export type GridColumn<Row> = {
  key: string;
  header: ReactNode;
  /** CSS grid track: `120px`, `minmax(160px, 1.4fr)`. */
  width: string;
  align?: 'left' | 'right';
  cell: (row: Row, index: number) => ReactNode;
};

export type VirtualGridProps<Row> = {
  /** Read out as the grid's name. */
  label: string;
  columns: readonly GridColumn<Row>[];
  rowCount: number;
  /** Undefined while the row's window is on its way: grey bars stand in for it. */
  getRow: (index: number) => Row | undefined;
  /** Told which rows are on screen (with a few around), so that their windows can be fetched. */
  onVisibleRange: (first: number, last: number) => void;
  selectedIndex: number | null;
  onSelect: (index: number) => void;
  /** Enter or double click. */
  onOpen?: (index: number) => void;
  /** Escape: closes what stands beside the list. */
  onClose?: () => void;
  /** Key `/`, wherever on the page nothing is typed: where the search is. */
  onSearch?: () => void;
  /** Plural noun of the foot: "7,877 users, 1 to 16 in view". */
  noun: string;
  minWidth?: number;
  /** Rows on screen belong to the former filter. */
  isChanging?: boolean;
};

/**
 * A list of any length: rows of 36 px, only those in view are in the page. The grid keeps the focus; the
 * selected row is its active descendant and moves with ↑ ↓ Page Up, Page Down, Home and End.
 */
export function VirtualGrid<Row>(props: VirtualGridProps<Row>) {
  const { label, columns, rowCount, getRow, onVisibleRange, selectedIndex, onSelect, onOpen, onClose } =
    props;
  const gridRef = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => gridRef.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => onVisibleRange(first, last), [first, last, onVisibleRange]);
  useSearchKey(props.onSearch);

  const viewHeight = (virtualizer.scrollRect?.height ?? 0) - HEAD_HEIGHT;
  // Again when the height changes: what loads above the list must not push the row out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (selectedIndex !== null) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer, viewHeight]);

  const rowsInView = Math.max(1, Math.floor(viewHeight / ROW_HEIGHT));

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' && selectedIndex !== null && event.target === event.currentTarget) {
      event.preventDefault();
      onOpen?.(selectedIndex);
      return;
    }
    if (event.key === 'Escape') {
      onClose?.();
      return;
    }
    const target = nextRow(event.key, { rowCount, current: selectedIndex, pageSize: rowsInView });
    if (target === null) return;
    event.preventDefault();
    onSelect(target);
  }

  const template = {
    '--grid-columns': columns.map((column) => column.width).join(' '),
    '--grid-min-width': `${props.minWidth ?? 0}px`,
  } as React.CSSProperties;

  return (
    <div className={classNames(classes.frame, props.isChanging && classes.changing)} style={template}>
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that are drawn on demand */}
      <div
        ref={gridRef}
        className={classes.grid}
        role="grid"
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-busy={props.isChanging || undefined}
        aria-activedescendant={selectedIndex === null ? undefined : `${gridId}-${selectedIndex}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <GridHead columns={columns} />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => (
            <GridRow
              key={item.key}
              id={`${gridId}-${item.index}`}
              index={item.index}
              start={item.start}
              columns={columns}
              row={getRow(item.index)}
              selected={item.index === selectedIndex}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
      <GridFoot
        noun={props.noun}
        rowCount={rowCount}
        first={Math.floor((virtualizer.scrollOffset ?? 0) / ROW_HEIGHT)}
        rowsInView={rowsInView}
        withOpen={onOpen !== undefined}
        withSearch={props.onSearch !== undefined}
      />
    </div>
  );
}

function GridHead<Row>({ columns }: { columns: readonly GridColumn<Row>[] }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see VirtualGrid
    <div role="rowgroup" style={{ display: 'contents' }}>
      {/* biome-ignore lint/a11y/useSemanticElements: see VirtualGrid */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus */}
      <div role="row" aria-rowindex={1} className={classes.head}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see VirtualGrid
          // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus
          <div key={column.key} role="columnheader" data-align={column.align}>
            {column.header}
          </div>
        ))}
      </div>
    </div>
  );
}

type GridRowProps<Row> = {
  id: string;
  index: number;
  start: number;
  columns: readonly GridColumn<Row>[];
  row: Row | undefined;
  selected: boolean;
  onSelect: (index: number) => void;
  onOpen: ((index: number) => void) | undefined;
};

function GridRow<Row>({ id, index, start, columns, row, selected, onSelect, onOpen }: GridRowProps<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see VirtualGrid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onSelect(index)}
      onDoubleClick={() => onOpen?.(index)}
    >
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: see VirtualGrid
        // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus
        <div key={column.key} role="gridcell" data-align={column.align}>
          {row === undefined ? <span className={classes.placeholder} /> : column.cell(row, index)}
        </div>
      ))}
    </div>
  );
}

type GridFootProps = {
  noun: string;
  rowCount: number;
  first: number;
  rowsInView: number;
  withOpen: boolean;
  withSearch: boolean;
};

function GridFoot({ noun, rowCount, first, rowsInView, withOpen, withSearch }: GridFootProps) {
  const from = formatCount(Math.min(rowCount, first + 1));
  const to = formatCount(Math.min(rowCount, first + rowsInView));
  const keys = ['↑ ↓ to move', withOpen && 'Enter to open', withSearch && '/ to search'].filter(Boolean);
  return (
    <div className={classes.foot}>
      <span>
        {formatRows(rowCount, noun)}
        {rowCount > 1 && `, ${from} to ${to} in view`}
      </span>
      <span className={classes.keys}>{keys.join(' · ')}</span>
    </div>
  );
}
