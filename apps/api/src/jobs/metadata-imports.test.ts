import type { MetadataImport } from '@gatehouse/contracts/idp';
import type { ImportResult } from '@gatehouse/login/import/import-metadata';
import { describe, expect, it } from 'vitest';
import { bySystem } from '../stores/audit/audit-entry.ts';
import type { IdpRecord } from '../stores/idps/rows.ts';
import { type MetadataImporter, MetadataImports } from './metadata-imports.ts';

const record = { id: 1, publicId: 'i'.repeat(22), settingsVersion: 3, loginVersion: 4 } as IdpRecord;
const good: ImportResult = { checks: [], outcome: 'passed', metadata: null };

function createImports(run: MetadataImporter) {
  const stored: MetadataImport[] = [];
  const errors: unknown[] = [];
  const topics: string[] = [];
  const imports = new MetadataImports({
    idps: {
      saveImport: async (_record, { metadataImport }) => {
        stored.push(metadataImport);
        return true;
      },
    },
    run,
    live: { publish: (topic) => void topics.push(topic) },
    now: () => 0,
    onError: (error) => errors.push(error),
  });
  return { imports, stored, errors, topics };
}

describe('MetadataImports', () => {
  it('runs one import for two people, and another one as soon as logins depend on something else', async () => {
    const gate = Promise.withResolvers<void>();
    let runs = 0;
    const { imports, stored } = createImports(async () => {
      runs += 1;
      await gate.promise;
      return good;
    });

    const first = imports.start(record, bySystem);
    const second = imports.start(record, bySystem);
    const other = imports.start({ ...record, loginVersion: 5 }, bySystem);
    gate.resolve();
    await Promise.all([first.finished, other.finished]);

    expect(second).toBe(first);
    expect([runs, stored.length]).toEqual([2, 2]);
    expect(imports.running(record.id)).toBeNull();
  });

  it('tells who waits and the log when it fails in a way that is no result', async () => {
    const { imports, errors, stored, topics } = createImports(async () => {
      throw new Error('bug');
    });

    const { finished } = imports.start(record, bySystem);

    await expect(finished).rejects.toThrow('bug');
    await expect.poll(() => errors.length).toBe(1);
    expect(stored).toEqual([]);
    expect(imports.running(record.id)).toBeNull();
    expect(topics).toContain(`idp/${record.publicId}`);
  });

  it('ends what runs when the process stops, without an error', async () => {
    const { imports, errors } = createImports(
      (_record, _report, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const { finished, current } = imports.start(record, bySystem);
    const ended = expect(finished).rejects.toThrow('aborted');

    expect(current().state).toBe('running');
    await imports.stop();

    await ended;
    expect(errors).toEqual([]);
  });
});
