import type { ReadObserver } from '@gatehouse/sync/source';

function ignore(): void {
  // Nobody watches this read.
}

/** For reads that no run shows. */
export const silentObserver: ReadObserver = {
  call: ignore,
  page: ignore,
  expected: ignore,
  finished: ignore,
  waiting: ignore,
  resumed: ignore,
  rateLimit: ignore,
  note: ignore,
};
