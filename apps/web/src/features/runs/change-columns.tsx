import type { ChangeRow, Facet } from '@gatehouse/contracts/plan';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { Tile } from '../../components/ui/tile.tsx';
import type { GridColumn } from '../../components/ui/virtual-grid.tsx';
import { VisuallyHidden } from '../../components/ui/visually-hidden.tsx';
import { formatCount, formatNoun } from '../../lib/format.ts';
import { attributeLabel, operationWords } from './attribute-labels.ts';
import classes from './change-columns.module.css';
import type { ReviewSearch } from './review-search.ts';

export type ColumnOptions = {
  search: ReviewSearch;
  facets: readonly Facet[];
  reasonWord: (code: string) => string;
  /** Width of the list in px: what does not fit is in the details. */
  width: number;
};

const WIDE = 780;
const MEDIUM = 560;

/** The columns for what the list shows: clean-ups say the action, groups have no e-mail. */
export function changeColumns(options: ColumnOptions): GridColumn<ChangeRow>[] {
  const { search, width } = options;
  const columns = [operationColumn(width), nameColumn(options)];
  const cleanUps = search.category === 'cleaned-up' && search.subject !== 'group';
  if (cleanUps && width >= MEDIUM) columns.push(emailColumn);
  columns.push(cleanUps ? actionColumn : changesColumn(options));
  if (search.subject !== 'group' && !cleanUps) columns.push(groupsColumn);
  if (width >= WIDE) columns.push(reasonColumn(options));
  return columns;
}

function operationColumn(width: number): GridColumn<ChangeRow> {
  return {
    key: 'operation',
    header: width >= MEDIUM ? 'Operation' : <VisuallyHidden>Operation</VisuallyHidden>,
    width: width >= MEDIUM ? '136px' : '52px',
    cell: ({ category, state }) => (
      <Tile state={state === 'drifted' ? 'drifted' : category} wordHidden={width < MEDIUM} />
    ),
  };
}

function nameColumn({ search, width }: ColumnOptions): GridColumn<ChangeRow> {
  const group = search.subject === 'group';
  return {
    key: 'name',
    header: group ? 'Group' : 'User',
    width: 'minmax(150px, 1.5fr)',
    cell: ({ name, username }) => (
      <>
        <span className={classes.name}>
          <TextWithHiddenCharacters text={name} />
        </span>
        {!group && width >= WIDE && (
          <span className={classes.username}>
            <TextWithHiddenCharacters text={username} />
          </span>
        )}
      </>
    ),
  };
}

const emailColumn: GridColumn<ChangeRow> = {
  key: 'email',
  header: 'E-mail',
  width: 'minmax(120px, 1.2fr)',
  cell: ({ email }) => (
    <span className={classes.dim}>
      <TextWithHiddenCharacters text={email} />
    </span>
  ),
};

const actionColumn: GridColumn<ChangeRow> = {
  key: 'action',
  header: 'Action',
  width: '104px',
  cell: ({ operation }) => (operation === null ? '–' : operationWords[operation]),
};

function changesColumn(options: ColumnOptions): GridColumn<ChangeRow> {
  return {
    key: 'changes',
    header: 'Changes',
    width: 'minmax(120px, 1fr)',
    cell: (row) => <Changes row={row} {...options} />,
  };
}

function Changes({ row, facets, reasonWord }: { row: ChangeRow } & ColumnOptions) {
  const { category, subject, operation, groupsGained, reasonCode } = row;
  if (category === 'failed' || category === 'filtered') {
    const tone = category === 'failed' ? classes.failed : classes.dim;
    return <span className={tone}>{reasonCode === null ? category : reasonWord(reasonCode)}</span>;
  }
  if (category === 'added') {
    const groups = groupsGained > 0 ? `, ${formatNoun(groupsGained, 'group')}` : '';
    return <span className={classes.dim}>{`new ${subject}${groups}`}</span>;
  }
  if (category === 'cleaned-up') return operation === null ? '–' : operationWords[operation];
  if (category === 'not-modified') return <span className={classes.dim}>none</span>;
  const changed = row.changed.map((attribute) => attributeLabel(attribute, facets));
  if (operation === 'enable') changed.unshift('enable');
  return changed.length > 0 ? changed.join(', ') : <span className={classes.dim}>groups only</span>;
}

const groupsColumn: GridColumn<ChangeRow> = {
  key: 'groups',
  header: 'Groups',
  width: '96px',
  cell: ({ groupsGained, groupsLost }) => (
    <>
      {groupsGained > 0 && <span className={classes.gained}>+{formatCount(groupsGained)}</span>}
      {groupsLost > 0 && <span className={classes.lost}>−{formatCount(groupsLost)}</span>}
    </>
  ),
};

function reasonColumn({ reasonWord }: ColumnOptions): GridColumn<ChangeRow> {
  return {
    key: 'reason',
    header: 'Reason',
    width: 'minmax(140px, 1.2fr)',
    // What failed or was filtered says its reason in the place of its changes.
    cell: ({ reasonCode, category }) =>
      reasonCode !== null &&
      category !== 'failed' &&
      category !== 'filtered' && <span className={classes.dim}>{reasonWord(reasonCode)}</span>,
  };
}
