import type { ImportProblemCode } from '@gatehouse/contracts/import-codes';
import { appRows } from './app-rows.ts';
import { metadataRows } from './metadata-rows.ts';
import { providerRows } from './provider-rows.ts';
import { reachRows } from './reach-rows.ts';

/** Each group starts from a good import on one page. */
export const rowGroups = {
  'the way to the metadata': reachRows,
  'what the metadata says': metadataRows,
  'the app in Okta': appRows,
  'another provider': providerRows,
} as const;

/**
 * Codes that nobody can provoke in a browser without leaving this machine, or that the form refuses before an import, and
 * the table that holds them.
 */
export const unitTables: Readonly<Partial<Record<ImportProblemCode, string>>> = {
  'import-domain-refused': 'packages/login/src/import/import-metadata.test.ts',
  'import-issuer-refused': 'packages/login/src/import/import-metadata.test.ts',
  'import-host-not-resolved': 'packages/login/src/import/import-metadata.test.ts',
  'import-issuer-admin-host': 'packages/login/src/import/import-metadata.test.ts',
};
