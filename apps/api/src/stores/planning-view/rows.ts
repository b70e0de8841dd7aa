import type { DirectoryPerson, NameHolder } from '@gatehouse/directory/directory-person';

export type PersonRow = Omit<DirectoryPerson, 'active'> & { active: number };

export function toPerson(row: PersonRow): DirectoryPerson {
  return { ...row, active: row.active === 1 };
}

export type HolderRow = {
  id: number;
  externalId: string | null;
  connectorId: number | null;
  name: string;
  folded: string;
};

export function toHolder(row: HolderRow, connectorId: number): NameHolder {
  const ownedByThisConnector = row.connectorId === connectorId;
  return { id: row.id, name: row.name, externalId: row.externalId, ownedByThisConnector };
}
