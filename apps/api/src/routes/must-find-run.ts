import type { Run } from '@gatehouse/contracts/run';
import { ApiError } from '../http/errors.ts';
import type { RunDetailRow } from '../stores/runs/rows.ts';
import type { RunStore } from '../stores/runs/store.ts';

/** @throws ApiError `not-found` */
export function mustFindRun(runs: RunStore, runId: number): Run {
  const run = runs.find(runId);
  if (run === null) throw noRun(runId);
  return run;
}

/** @throws ApiError `not-found` */
export function mustFindRunRow(runs: RunStore, runId: number): RunDetailRow {
  const row = runs.findRow(runId);
  if (row === null) throw noRun(runId);
  return row;
}

function noRun(runId: number): ApiError {
  return new ApiError('not-found', `There is no run #${runId}.`);
}
