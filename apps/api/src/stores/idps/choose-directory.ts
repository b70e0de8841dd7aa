import type { IdpSettings } from '@gatehouse/contracts/idp';
import { usesConnector } from '@gatehouse/login/idp-settings';
import { randomPublicId } from '../random-id.ts';
import type { SqlReader } from '../sql-reader.ts';
import * as sql from './queries.ts';

export type NewDirectory = { readonly id: string; readonly name: string };

/**
 * Settings with the directory that their logins belong to.
 *
 * | method          | chosen | directories | answer                                                    |
 * | --------------- | ------ | ----------- | --------------------------------------------------------- |
 * | with connector  | any    | any         | none: the connector's counts                              |
 * | without         | one    | any         | that one                                                  |
 * | without         | none   | one         | the only one                                              |
 * | claims, creates | none   | none        | a new one with the IdP's name: its people need a place    |
 * | without         | none   | several, or none | none yet: logins need one                            |
 */
export function directoryFor(
  settings: IdpSettings,
  name: string,
  reader: SqlReader,
): { readonly settings: IdpSettings; readonly made: NewDirectory | null } {
  if (usesConnector(settings.updateMethod) || settings.directoryId !== null) return { settings, made: null };
  const [first, second] = reader.column<string>(sql.selectFirstDirectories);
  if (first !== undefined) {
    return { settings: { ...settings, directoryId: second === undefined ? first : null }, made: null };
  }
  if (!settings.createUsers || name === '') return { settings, made: null };
  const made = { id: randomPublicId(), name };
  return { settings: { ...settings, directoryId: made.id }, made };
}
