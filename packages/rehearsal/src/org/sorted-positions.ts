/** The index of the first value that is not below `wanted`, in an ascending list. O(log n). */
export function lowerBound(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether an ascending list holds a value. O(log n). */
export function includesSorted(sorted: readonly number[], wanted: number): boolean {
  return sorted[lowerBound(sorted, wanted)] === wanted;
}

/** Adds a value to an ascending list; false when it was there. */
export function insertSorted(sorted: number[], value: number): boolean {
  const at = lowerBound(sorted, value);
  if (sorted[at] === value) return false;
  sorted.splice(at, 0, value);
  return true;
}

/** Takes a value out of an ascending list; false when it was not there. */
export function removeSorted(sorted: number[], value: number): boolean {
  const at = lowerBound(sorted, value);
  if (sorted[at] !== value) return false;
  sorted.splice(at, 1);
  return true;
}
