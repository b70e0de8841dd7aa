import type { DirectorySummary } from '@gatehouse/contracts/connector';
import { foldName } from '@gatehouse/mapping/fold-name';
import { randomPublicId } from '../random-id.ts';
import type { SqlReader } from '../sql-reader.ts';
import * as sql from './queries.ts';

type ChosenDirectory = { readonly publicId: string; readonly name: string; readonly isNew: boolean };

/** A window of the directories, by name. */
export function listDirectories(
  reader: SqlReader,
  { limit, offset }: { limit: number; offset: number },
): { total: number; items: DirectorySummary[] } {
  const total = reader.get<{ total: number }>(sql.countDirectories)?.total ?? 0;
  const rows = reader.all<{ publicId: string; name: string; users: number; groups: number }>(
    sql.selectDirectories,
    limit,
    offset,
  );
  return { total, items: rows.map(({ publicId, ...row }) => ({ id: publicId, ...row })) };
}

/**
 * The directory that a new connector writes to: the given one (null when it is not there), else a new one with the
 * connector's name, or with the smallest free number behind it.
 */
export function chooseDirectory(
  reader: SqlReader,
  connector: { readonly name: string; readonly directoryId: string | null },
): ChosenDirectory | null {
  if (connector.directoryId !== null) {
    const known = reader.get(sql.selectDirectoryByPublicId, connector.directoryId);
    return known === undefined ? null : { publicId: connector.directoryId, name: '', isNew: false };
  }
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? connector.name : `${connector.name} ${number}`;
    if (reader.get(sql.selectDirectoryName, foldName(name)) === undefined) {
      return { publicId: randomPublicId(), name, isNew: true };
    }
  }
}
