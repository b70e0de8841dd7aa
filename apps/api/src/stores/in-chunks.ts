import { setImmediate } from 'node:timers/promises';

/**
 * Works through rows in slices and gives the event loop back after each: an awaited database call on this driver does
 * not yield by itself. The only loop of this kind; nobody writes it by hand.
 */
export async function inChunks<Row>(
  rows: readonly Row[],
  size: number,
  work: (chunk: readonly Row[]) => Promise<unknown> | unknown,
): Promise<void> {
  for (let start = 0; start < rows.length; start += size) {
    await work(start === 0 && rows.length <= size ? rows : rows.slice(start, start + size));
    await setImmediate();
  }
}

/**
 * Repeats a bounded step until it answers false, and gives the event loop back after each.
 */
export async function untilDone(step: () => Promise<boolean> | boolean): Promise<void> {
  while (await step()) await setImmediate();
}
