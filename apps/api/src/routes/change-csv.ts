import type { ChangeRow } from '@gatehouse/contracts/plan';
import { reasonLabel } from '@gatehouse/contracts/run-words';

/** Columns of the download of a plan. */
export const changeCsvHeader = [
  'operation',
  'category',
  'state',
  'name',
  'username',
  'e-mail',
  'changed',
  'groups gained',
  'groups lost',
  'reason',
  'id',
];

/** A row of a plan. Its reason is a label: the facts that make a sentence of it are read for one row at a time. */
export function changeCsvCells(row: ChangeRow): (string | number)[] {
  return [
    row.operation ?? '',
    row.category,
    row.state,
    row.name,
    row.username,
    row.email,
    row.changed.join(' '),
    row.groupsGained,
    row.groupsLost,
    row.reasonCode === null ? '' : reasonLabel(row.reasonCode),
    row.externalId,
  ];
}
