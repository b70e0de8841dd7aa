import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createCheckpointer } from './checkpointer.ts';
import { eachRow, type StepValues } from './step-writer.ts';
import { openTestDatabase, type TestDatabase } from './testing.ts';

const INSERT = `insert into ServerFact (key, value, updatedAt) values (?1, ?2, ?3)
on conflict do update set value = excluded.value`;
const rowsPerRound = 10_000;

let database: TestDatabase | undefined;

afterEach(() => database?.remove());

/** About 6 MB a round, always the same rows. */
function round(number: number, now: number): StepValues[] {
  return Array.from({ length: rowsPerRound }, (_, row) => [`k${row}`, `${number}`.padEnd(500, 'x'), now]);
}

describe('the checkpointer', () => {
  it('keeps the log short while much is written, and loses nothing', async () => {
    const opened = await openTestDatabase({ kind: 'file' });
    database = opened;
    let largest = 0;
    for (let number = 0; number < 20; number += 1) {
      const rows = round(number, opened.now());
      await opened.writeSteps(function* () {
        yield eachRow(INSERT, rows);
      });
      largest = Math.max(largest, statSync(`${opened.file}-wal`).size);
    }
    await opened.close();

    // Without any copy it would be over 120 MB, and with the writer's own ones alone over 64 MB.
    expect(largest).toBeLessThan(50_000_000);
    const again = await opened.reopen();
    const written = again.sql.column<number>(
      "select count(*) from ServerFact where value like '19x%' and updatedAt = ?",
      opened.now(),
    );
    expect(written).toEqual([rowsPerRound]);
  }, 60_000);

  it('keeps nobody waiting when its thread cannot work', async () => {
    const checkpointer = createCheckpointer(join(tmpdir(), 'gatehouse-no-such-folder', 'gatehouse.db'));

    checkpointer.written(1_000_000);
    await checkpointer.ready();
    checkpointer.written(1_000_000);
    await checkpointer.ready();

    await expect(checkpointer.close()).resolves.toBeUndefined();
  });
});
