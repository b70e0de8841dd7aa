import { Fragment, type ReactNode } from 'react';
import classes from './data-table.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

export type DataColumn<Row> = {
  key: string;
  header: string;
  /** The head is read out only, e.g. over row actions. */
  headerHidden?: boolean;
  align?: 'left' | 'right';
  width?: number | string;
  cell: (row: Row) => ReactNode;
};

type DataTableProps<Row> = {
  /** Read out as the table's name. */
  caption: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  density?: 'two-line' | 'list' | 'dense';
  /** Shown instead of rows. */
  empty?: ReactNode;
  /** A strip under a row, over its whole width. */
  strip?: (row: Row) => ReactNode;
};

/** A short table: hairlines, no zebra, numbers at the right. Long lists use `VirtualGrid`. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, density = 'list', empty, strip } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={classes.scroll} aria-label={caption} tabIndex={0}>
      <table className={classes.table} data-density={density}>
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align} style={{ width: column.width }}>
                {column.headerHidden ? <VisuallyHidden>{column.header}</VisuallyHidden> : column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={rowKey(row)}>
              <tr>
                {columns.map((column) => (
                  <td key={column.key} data-align={column.align}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
              {strip && <Strip columns={columns.length}>{strip(row)}</Strip>}
            </Fragment>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && empty !== undefined && <div className={classes.empty}>{empty}</div>}
    </section>
  );
}

function Strip({ columns, children }: { columns: number; children: ReactNode }) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <tr className={classes.strip} data-strip>
      <td colSpan={columns}>{children}</td>
    </tr>
  );
}
