import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importProblemCodes } from '@gatehouse/contracts/import-codes';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { rowGroups, unitTables } from './coverage.ts';

const inTheBrowser = new Set<string>(
  Object.values(rowGroups).flatMap((rows) => rows.map(({ code }) => code)),
);

describe('every problem of Import Metadata', () => {
  it.each(importProblemCodes)(
    '%s is provoked and mended in a browser, or stands in a unit table',
    async (code) => {
      const table = unitTables[code];

      expect(inTheBrowser.has(code)).toBe(table === undefined);
      if (table !== undefined) expect(await readFile(join(root, table), 'utf8')).toContain(code);
    },
  );
});
