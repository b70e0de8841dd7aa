import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataDirectory, openDataDirectory } from './open-data-directory.ts';
import { DataDirectoryInUseError, ownerStaleAfter, type ProcessIdentity } from './process-owner.ts';
import { statement } from './raw.ts';
import { testNow } from './testing.ts';

let directory: string;
let clock: number;
let opened: DataDirectory[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-owner-'));
  clock = testNow;
  opened = [];
});

afterEach(async () => {
  for (const each of opened) await each.close().catch(() => undefined);
  rmSync(directory, { recursive: true, force: true });
});

const first: ProcessIdentity = {
  processId: 11,
  hostName: 'one',
  hostStartedAt: testNow - 1_000_000,
  isAlive: () => true,
};

async function open(identity: Partial<ProcessIdentity> = {}): Promise<DataDirectory> {
  const made = await openDataDirectory({
    directory,
    now: () => clock,
    onOwnershipLost: () => undefined,
    identity: { ...first, ...identity },
  });
  opened.push(made);
  return made;
}

describe('one process per data directory', () => {
  it('names the first to the second', async () => {
    const owner = await open();
    await owner.owner.setAddress('http://localhost:8484');

    const second = open({ processId: 12 });

    await expect(second).rejects.toThrow(DataDirectoryInUseError);
    await expect(second).rejects.toThrow(
      'process 11 on one, since 2026-01-30T12:00:00.000Z, at http://localhost:8484',
    );
  });

  it.each<{ name: string; identity: Partial<ProcessIdentity>; later: number; refused: boolean }>([
    { name: 'alive, heartbeat late', identity: { processId: 12 }, later: 60_000, refused: true },
    { name: 'dead', identity: { processId: 12, isAlive: () => false }, later: 0, refused: false },
    { name: 'the same number (a container)', identity: {}, later: 0, refused: false },
    {
      name: 'host restarted since',
      identity: { processId: 12, hostStartedAt: testNow + 1 },
      later: 2,
      refused: false,
    },
    { name: 'other host, fresh', identity: { hostName: 'two' }, later: ownerStaleAfter, refused: true },
    { name: 'other host, stale', identity: { hostName: 'two' }, later: ownerStaleAfter + 1, refused: false },
  ])('the first is $name: refused $refused', async ({ identity, later, refused }) => {
    await open();
    clock += later;

    const second = open(identity);

    if (refused) await expect(second).rejects.toThrow(DataDirectoryInUseError);
    else await expect(second).resolves.toBeDefined();
  });

  it('is free again after a graceful stop', async () => {
    const former = await open();
    await former.close();

    await expect(open({ processId: 12 })).resolves.toBeDefined();
  });

  it('voids the leases of the former process', async () => {
    const former = await open();
    await former.database.write((db) => [
      statement(
        db,
        `insert into Lease (connectorId, fence, holder, runId, expiresAt) values (1, 7, 'x', 3, ?)`,
        clock + 60_000,
      ),
    ]);

    const next = await open({ processId: 12, isAlive: () => false });

    expect(next.database.sql.get('select fence, holder, runId, expiresAt from Lease')).toEqual({
      fence: 8,
      holder: '',
      runId: null,
      expiresAt: 0,
    });
  });
});
